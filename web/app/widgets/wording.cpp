#include "web/app/widgets/wording.h"

#include <algorithm>

namespace floodlight::ui {

std::vector<std::string> broken_code(std::string_view text, std::size_t columns) {
  std::vector<std::string> rows;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string indent(std::min(std::min(line.find_first_not_of(' '), line.size()) + 4, columns / 3), ' ');
    std::string row;
    while (row.size() + line.size() > columns) {
      const std::size_t room = columns - row.size();
      std::size_t cut = 0;
      for (const std::string_view breaks : {std::string_view(","), std::string_view("(="), std::string_view(".")}) {
        const auto found = line.substr(0, room).find_last_of(breaks);
        if (found != std::string_view::npos && found + 1 > room / 3) {
          cut = found + 1;
          break;
        }
      }
      if (cut == 0) cut = room;
      rows.push_back(row + std::string(line.substr(0, cut)));
      line.remove_prefix(cut);
      while (line.starts_with(' ')) line.remove_prefix(1);
      row = indent;
    }
    rows.push_back(row + std::string(line));
  }
  return rows;
}

}  // namespace floodlight::ui

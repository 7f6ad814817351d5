#include "core/explain/folder_loop.h"

#include <algorithm>
#include <utility>

#include "core/files/output_name.h"

namespace floodlight {
namespace {

constexpr std::string_view results_folder = "labels";
constexpr std::string_view stem_field = "{stem}";

/// The folders as they are between runs.
struct Folders {
  std::vector<FolderFile> input;
  std::vector<FolderFile> output;  ///< unless results go into the input folder
};

std::string lower(std::string_view text) {
  std::string copy(text);
  for (char& c : copy) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return copy;
}

bool is_image_file(const FolderFile& file) { return file.kind == FileKind::image || file.kind == FileKind::labels; }

bool matches_tif(const FolderFile& file, bool case_counts) {
  return (case_counts ? file.name : lower(file.name)).ends_with(".tif");
}

FolderFile* find(std::vector<FolderFile>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &FolderFile::name);
  return found == files.end() ? nullptr : &*found;
}

std::string name_of_result(const LoopSettings& settings, std::string_view input_name) {
  std::string name = settings.pattern;
  const std::string stem(stem_of(input_name));
  for (std::size_t at = name.find(stem_field); at != std::string::npos; at = name.find(stem_field, at + stem.size()))
    name.replace(at, stem_field.size(), stem);
  return name;
}

/// What the program goes through, in the order of names; what it leaves out goes to `missed`.
std::vector<FolderFile> listed(const Folders& folders, const LoopSettings& settings, std::vector<std::string>& missed) {
  std::vector<FolderFile> files;
  for (const FolderFile& file : folders.input) {
    if (settings.listing == Listing::iterdir || matches_tif(file, settings.case_counts)) {
      files.push_back(file);
    } else if (is_image_file(file)) {
      missed.push_back(file.name);
    }
  }
  if (settings.output == OutputPlace::inside && settings.listing == Listing::deep_glob) {
    for (FolderFile file : folders.output) {
      if (!matches_tif(file, settings.case_counts)) continue;
      file.name = std::string(results_folder) + "/" + file.name;
      files.push_back(std::move(file));
    }
  }
  std::ranges::sort(files, {}, &FolderFile::name);
  std::ranges::sort(missed);
  return files;
}

std::string_view name_without_folder(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Writes a result over what stands under its name.
Overwritten write(std::vector<FolderFile>& folder, FolderFile result, const std::vector<LoopTurn>& turns) {
  FolderFile* there = find(folder, result.name);
  if (there == nullptr) {
    folder.push_back(std::move(result));
    return Overwritten::nothing;
  }
  const bool now = std::ranges::find(turns, result.name, &LoopTurn::written) != turns.end();
  const Overwritten what = now                               ? Overwritten::same_run
                           : there->kind == FileKind::labels ? Overwritten::earlier_run
                                                             : Overwritten::original;
  *there = std::move(result);
  return what;
}

std::string times(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::size_t count_overwritten(const LoopRun& run, Overwritten what) {
  return static_cast<std::size_t>(std::ranges::count(run.turns, what, &LoopTurn::overwritten));
}

/// The worst that happened, then what else is to be known.
std::string sentence_of(const LoopRun& run) {
  const auto written = static_cast<std::size_t>(
      std::ranges::count_if(run.turns, [](const LoopTurn& turn) { return !turn.written.empty(); }));
  const auto own = static_cast<std::size_t>(std::ranges::count(run.turns, FileKind::labels, &LoopTurn::kind));
  const std::size_t lost = count_overwritten(run, Overwritten::same_run);
  const std::size_t originals = count_overwritten(run, Overwritten::original);
  std::string text;
  if (!run.error.empty()) {
    text += "Stopped at " + run.turns.back().read + " after " + times(written, "image") + ": it is no image. ";
  }
  if (originals > 0) {
    text += (originals == 1 ? "1 original is" : std::to_string(originals) + " originals are") +
            " overwritten by labels: the raw images are gone. ";
  }
  if (own > 0) {
    text += "Of " + times(run.turns.size(), "input") + ", " + std::to_string(own) +
            (own == 1 ? " is a label image" : " are label images") + " of an earlier run, taken for a raw image. ";
  }
  if (lost > 0) {
    text += times(written, "image") + ", " + times(written - lost, "file") +
            ": each of the same name overwrites the last, without a word. ";
  }
  const auto squeezed = std::ranges::find_if(
      run.turns, [](const LoopTurn& turn) { return !turn.written.empty() && turn.names_kept < turn.nuclei; });
  if (squeezed != run.turns.end()) {
    text += std::to_string(squeezed->nuclei) + " nuclei in " + squeezed->read +
            ": 8 bits end at 255, so nucleus 256 becomes 0, background" +
            (squeezed->nuclei > 256 ? ", and 257 becomes 1 again. " : ". ");
  }
  if (text.empty() && written > 0) {
    text = times(written, "image") + ", " + times(run.results.size(), "file") + ": each has its own. ";
    if (count_overwritten(run, Overwritten::earlier_run) == written)
      text =
          "The same " + times(written, "file") + " again, each made from the same image: this loop can be repeated. ";
  }
  if (!run.missed.empty()) {
    text += times(run.missed.size(), "image") + " not listed: " + run.missed.front() +
            (run.missed.size() > 1 ? " and " + run.missed.back() : "") + ". ";
  }
  if (text.empty()) text = "Nothing was listed, so nothing was done, and nothing says so. ";
  text.pop_back();
  return text;
}

LoopRun run_once(Folders& folders, const LoopSettings& settings) {
  LoopRun run;
  const bool same = settings.output == OutputPlace::same;
  // mkdir comes before the loop.
  if (settings.output == OutputPlace::inside && find(folders.input, results_folder) == nullptr)
    folders.input.push_back({.name = std::string(results_folder), .kind = FileKind::folder});
  std::vector<FolderFile>& target = same ? folders.input : folders.output;
  for (const FolderFile& listed_file : listed(folders, settings, run.missed)) {
    LoopTurn turn{.read = listed_file.name, .kind = listed_file.kind, .written = {}, .nuclei = listed_file.nuclei};
    // What a turn before wrote over this name is what is read now.
    const FolderFile* now = find(folders.input, listed_file.name);
    if (now != nullptr) turn.kind = now->kind;
    if (turn.kind == FileKind::text || turn.kind == FileKind::folder) {
      run.error = turn.kind == FileKind::text ? "TiffFileError: not a TIFF file: '" + turn.read + "'"
                                              : "IsADirectoryError: Is a directory: '" + turn.read + "'";
      run.turns.push_back(std::move(turn));
      break;
    }
    turn.names_kept = settings.as_uint8 ? names_in_uint8(turn.nuclei) : turn.nuclei;
    const std::string name = name_of_result(settings, name_without_folder(turn.read));
    turn.overwritten = write(
        target, {.name = name, .kind = FileKind::labels, .nuclei = turn.names_kept, .made_from = turn.read}, run.turns);
    turn.written = name;
    run.turns.push_back(std::move(turn));
  }
  std::ranges::copy_if(target, std::back_inserter(run.results),
                       [](const FolderFile& file) { return file.kind == FileKind::labels; });
  std::ranges::sort(run.results, {}, &FolderFile::name);
  run.sentence = sentence_of(run);
  return run;
}

}  // namespace

std::vector<LoopRun> run_folder_loop(std::vector<FolderFile> input, const LoopSettings& settings, int runs) {
  Folders folders{.input = std::move(input), .output = {}};
  std::vector<LoopRun> all;
  for (int i = 0; i < runs; ++i) all.push_back(run_once(folders, settings));
  return all;
}

std::string folder_loop_lines(const LoopSettings& settings) {
  std::string text = "input_dir = Path(\"images\")\n";
  text += settings.output == OutputPlace::same     ? "output_dir = input_dir\n"
          : settings.output == OutputPlace::inside ? "output_dir = input_dir / \"labels\"\n"
                                                   : "output_dir = Path(\"labels\")\n";
  text += "output_dir.mkdir(exist_ok=True)\n";
  text += settings.listing == Listing::iterdir     ? "for image_path in input_dir.iterdir():\n"
          : settings.listing == Listing::deep_glob ? "for image_path in input_dir.glob(\"**/*.tif\"):\n"
                                                   : "for image_path in input_dir.glob(\"*.tif\"):\n";
  text += "    raw_image = tifffile.imread(image_path)\n    ...\n";
  std::string name = settings.pattern;
  const std::size_t at = name.find(stem_field);
  if (at != std::string::npos) name.replace(at, stem_field.size(), "{image_path.stem}");
  text +=
      "    output_filepath = output_dir / " + std::string(at == std::string::npos ? "" : "f") + "\"" + name + "\"\n";
  text += "    tifffile.imwrite(output_filepath, labeled_ws_image.astype(\"" +
          std::string(settings.as_uint8 ? "uint8" : "uint32") + "\"))";
  return text;
}

}  // namespace floodlight

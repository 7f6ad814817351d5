// A small model of a folder and of the lab's loop over it: what is read, what is written under which name, what is lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace floodlight {

enum class FileKind : std::uint8_t {
  image,
  labels,  ///< a result
  text,    ///< no image: reading it is an error
  folder
};

struct FolderFile {
  std::string name;
  FileKind kind = FileKind::image;
  int nuclei = 0;              ///< in it
  std::string made_from = {};  ///< the name of the file that a result was made from
};

/// How the loop lists the input folder.
enum class Listing : std::uint8_t {
  glob,       ///< input_dir.glob("*.tif")
  deep_glob,  ///< input_dir.glob("**/*.tif"): in folders within it as well
  iterdir     ///< input_dir.iterdir(): everything
};
enum class OutputPlace : std::uint8_t { beside, inside, same };

struct LoopSettings {
  Listing listing = Listing::glob;
  bool case_counts = true;  ///< ".TIF" is not ".tif", as on Linux and macOS
  std::string pattern = "{stem}_labeled.tif";
  OutputPlace output = OutputPlace::beside;
  bool as_uint8 = false;  ///< labels are saved with 8 bits rather than 32
};

/// What stood under a name before it was written.
enum class Overwritten : std::uint8_t { nothing, same_run, earlier_run, original };

/// One turn of the loop.
struct LoopTurn {
  std::string read;
  FileKind kind = FileKind::image;
  std::string written;  ///< empty where reading failed
  Overwritten overwritten = Overwritten::nothing;
  int names_kept = 0;  ///< different labels above 0 in the file: fewer than nuclei where they do not fit
  int nuclei = 0;
};

/// One run of the program.
struct LoopRun {
  std::vector<LoopTurn> turns;
  std::vector<std::string> missed;  ///< images that the listing leaves out
  std::string error;                ///< that the program ends with; empty: none
  std::vector<FolderFile> results;  ///< in the output folder afterwards
  std::string sentence;             ///< what happened, the gravest first
};

/// How many different labels above 0 are left of 1 to n when they are saved with 8 bits: 256 becomes 0.
constexpr int names_in_uint8(int nuclei) { return nuclei < 255 ? nuclei : 255; }

/// Runs the program so many times on these files, which are taken by name. The listing is read before the first turn, as
/// pathlib does, so that a run never meets its own results. O(runs * files^2), for folders of some dozen files.
std::vector<LoopRun> run_folder_loop(std::vector<FolderFile> input, const LoopSettings& settings, int runs);

/// The lines of Python that do it.
std::string folder_loop_lines(const LoopSettings& settings);

}  // namespace floodlight

// `floodlight samples`: the images that come with the program, as files.
#include "core/samples/samples.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "core/files/tiff.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

Result<void> save(const SampleInfo& info, const fs::path& folder) {
  const auto sample = make_sample(info.id);
  if (!sample) return std::unexpected(sample.error());
  const TiffWriteOptions options{.pixel_size_um = sample->pixel_size_um};
  const std::string id(info.id);
  const fs::path file = folder / (id + ".tif");
  auto done = write_bytes(file, encode_intensity_tiff(sample->pixels, sample->type, options));
  std::string line = file.string() + ": " + std::string(pixel_type_name(sample->type)) + ", " +
                     std::to_string(sample->pixels.rows()) + " x " + std::to_string(sample->pixels.cols());
  if (done && sample->truth) {
    done = write_bytes(folder / (id + "_truth.tif"), encode_label_tiff(*sample->truth, LabelDepth::u32, options));
    const Label nuclei = std::ranges::max(sample->truth->pixels());  // they are numbered without gaps
    line += ", " + std::to_string(nuclei) + (nuclei == 1 ? " nucleus" : " nuclei");
  }
  if (!done) return done;
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  return {};
}

}  // namespace

int run_samples(const Arguments& arguments) {
  if (!arguments.operands.empty()) {
    return usage_error("samples needs no " + arguments.operands.front() + "; it writes all samples there are.");
  }
  const std::string* const folder = arguments.value("--out");
  if (folder == nullptr) return usage_error("samples needs a folder for its images: floodlight samples --out images");
  auto done = make_folder(*folder);
  for (const SampleInfo& info : samples()) {
    if (done) done = save(info, *folder);
  }
  return done ? all_well : failed(done.error());
}

}  // namespace floodlight::cli

// What a run of `segment` will read and write.
#include "tools/cli/segment_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/files/output_name.h"
#include "tools/cli/paths.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct ResultFile {
  fs::path path;
  std::string identity;
  bool is_written = true;
};

struct Candidate {
  ImageJob job;
  std::string identity;
  std::vector<ResultFile> results;
};

class Planner {
 public:
  Planner(const fs::path& folder, std::string_view pattern, std::span<const std::string_view> endings)
      : folder_(folder),
        home_(fs::path(identity_of(folder / "any")).parent_path()),
        pattern_(pattern),
        written_(endings) {}

  Candidate candidate(const std::string& image) const {
    const std::string stem(stem_of(image));
    Candidate result{.job = {.image = image, .labels = {}, .stem = folder_ / stem, .refused = {}},
                     .identity = identity_of(image),
                     .results = {}};
    // In another folder a result may well be called as the image is.
    const bool beside = fs::path(result.identity).parent_path() == home_;
    auto name = output_name(pattern_, stem, beside ? image : "");
    if (!name) {
      result.job.refused = Error{image + ": " + name.error().message};
      return result;
    }
    result.job.labels = folder_ / *name;
    result.results.push_back({result.job.labels, (home_ / *name).string()});
    const auto add = [&](std::string_view ending, bool is_written) {
      const std::string file = stem + std::string(ending);
      result.results.push_back({folder_ / file, (home_ / file).string(), is_written});
    };
    // Stages count here even when they are not asked for: they may lie there from an earlier run.
    for (const std::string_view ending : stage_endings) add(ending, std::ranges::contains(written_, ending));
    for (const std::string_view ending : written_) {
      if (!std::ranges::contains(stage_endings, ending)) add(ending, true);
    }
    return result;
  }

 private:
  const fs::path& folder_;
  fs::path home_;  ///< what the folder is, however it was written
  std::string_view pattern_;
  std::span<const std::string_view> written_;
};

}  // namespace

SegmentPlan plan_segmentation(std::span<const std::string> operands, const fs::path& folder, std::string_view pattern,
                              std::span<const std::string_view> endings) {
  const Planner planner(folder, pattern, endings);
  std::vector<Candidate> candidates;
  std::set<std::string> seen;
  for (const std::string& operand : operands) {
    auto files = matching_files(operand);
    if (!files) {
      candidates.push_back({.job = {.image = operand, .labels = {}, .stem = {}, .refused = std::move(files.error())},
                            .identity = {},
                            .results = {}});
      continue;
    }
    for (const std::string& file : *files) {
      Candidate next = planner.candidate(file);
      if (seen.insert(next.identity).second) candidates.push_back(std::move(next));
    }
  }

  std::map<std::string, const std::string*> image_of_result;
  for (const Candidate& candidate : candidates) {
    for (const ResultFile& result : candidate.results) image_of_result.emplace(result.identity, &candidate.job.image);
  }
  SegmentPlan plan;
  std::map<std::string, std::string> taken;
  for (const Candidate& candidate : candidates) {
    ImageJob job = candidate.job;
    const auto own = image_of_result.find(candidate.identity);
    if (own != image_of_result.end() && *own->second != job.image) {
      plan.own_results.push_back({job.image, *own->second});
      continue;
    }
    for (const auto& [path, identity, is_written] : candidate.results) {
      if (!is_written || candidate.job.refused) continue;
      const auto [other, is_new] = taken.emplace(identity, job.image);
      if (!is_new && !job.refused) {
        job.refused = Error{job.image + " would be saved as " + path.string() + ", where the result of " +
                            other->second + " is; give it another name or another --out."};
      }
    }
    plan.jobs.push_back(std::move(job));
  }
  return plan;
}

}  // namespace floodlight::cli

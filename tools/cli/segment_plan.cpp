// What a run of `segment` will read and write.
#include "tools/cli/segment_plan.h"

#include <map>
#include <set>
#include <utility>

#include "core/files/output_name.h"
#include "tools/cli/paths.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct Candidate {
  ImageJob job;
  std::string identity;
  std::vector<std::pair<fs::path, std::string>> results;  ///< with their identities; the labels first
};

class Planner {
 public:
  Planner(const fs::path& folder, std::string_view pattern)
      : folder_(folder), home_(fs::path(identity_of(folder / "any")).parent_path()), pattern_(pattern) {}

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
    result.results.emplace_back(result.job.labels, (home_ / *name).string());
    for (const std::string_view ending : stage_endings) {
      const std::string file = stem + std::string(ending);
      result.results.emplace_back(folder_ / file, (home_ / file).string());
    }
    return result;
  }

 private:
  const fs::path& folder_;
  fs::path home_;  ///< what the folder is, however it was written
  std::string_view pattern_;
};

}  // namespace

SegmentPlan plan_segmentation(std::span<const std::string> operands, const fs::path& folder, std::string_view pattern,
                              bool with_stages) {
  const Planner planner(folder, pattern);
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

  // Stages count here even when they are not asked for: they may lie there from an earlier run.
  std::map<std::string, const std::string*> image_of_result;
  for (const Candidate& candidate : candidates) {
    for (const auto& [path, identity] : candidate.results) image_of_result.emplace(identity, &candidate.job.image);
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
    const std::size_t written = with_stages ? candidate.results.size() : 1;
    for (const auto& [path, identity] : std::span(candidate.results).first(job.refused ? 0 : written)) {
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

// The page's workers for many images, of which there are none: jobs are done one after the other, between two frames.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace floodlight::test {

/// No job, no file, nothing saved.
void start_workers();
/// Does one job of a run, or says that the run is over; false where there is nothing to do.
bool work_once();
[[nodiscard]] bool workers_are_busy();
/// A file joins the set of images, as one that was dropped on its list.
void join_set(const std::string& name, std::vector<std::uint8_t> bytes);

/// What was asked to be saved: the names of the label images, as they were asked for.
[[nodiscard]] const std::vector<std::string>& saved_results();

}  // namespace floodlight::test

// The page's worker that trains, of which there is none: a network is trained between two frames, a step at a time.
#pragma once

#include <limits>
#include <string>

namespace floodlight::test {

/// Nothing was trained, and nothing is held up.
void start_trainer();
/// Does a step, or says that the training is over; false where there is nothing to do.
bool train_once();
[[nodiscard]] bool trainer_is_busy();
/// The trainer waits after that step, as one that is slow, until it may go further.
void hold_trainer(int step);
inline constexpr int held_nowhere = std::numeric_limits<int>::max();
/// The worker dies, with the training that it has in hand; what the page has kept is kept.
void lose_trainer(const std::string& why);

}  // namespace floodlight::test

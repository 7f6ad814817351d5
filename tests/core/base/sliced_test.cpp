// Computations in slices: when they run, what they give, and what becomes of them when they fail or are dropped.
#include "core/base/sliced.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

using Log = std::vector<std::string>;

/// Says when it is destroyed.
struct Witness {
  Log* log;
  explicit Witness(Log& to) : log(&to) {}
  ~Witness() { log->emplace_back("gone"); }
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
};

Sliced<int> three_slices(Log& log) {
  const Witness witness(log);
  log.emplace_back("first");
  co_yield Pause{};
  log.emplace_back("second");
  co_yield Pause{};
  log.emplace_back("third");
  co_return 42;
}

Sliced<int> at_once(int value) { co_return value; }

Sliced<int> failing(Log& log) {
  const Witness witness(log);
  co_yield Pause{};
  throw std::runtime_error("no room");
}

Sliced<int> outer(Log& log) {
  log.emplace_back("outer");
  const int a = co_await three_slices(log);
  const int b = co_await at_once(100);
  co_yield Pause{};
  co_return a + b;
}

Sliced<int> outermost(Log& log) { co_return 2 * co_await outer(log); }

Sliced<std::string> fails_within(Log& log) {
  const int never = co_await failing(log);
  co_return std::to_string(never);
}

Sliced<std::unique_ptr<int>> only_movable() { co_return std::make_unique<int>(7); }

TEST(Sliced, RunsNothingBeforeTheFirstSlice) {
  Log log;
  Sliced<int> work = three_slices(log);
  EXPECT_EQ(log, Log{});
  EXPECT_TRUE(work.advance());
  EXPECT_EQ(log, Log{"first"});
}

TEST(Sliced, RunsOneSliceAtATimeAndThenHasTheResult) {
  Log log;
  Sliced<int> work = three_slices(log);
  EXPECT_TRUE(work.advance());
  EXPECT_TRUE(work.advance());
  EXPECT_EQ(log, (Log{"first", "second"}));
  EXPECT_FALSE(work.advance());
  EXPECT_EQ(log, (Log{"first", "second", "third", "gone"}));
  EXPECT_FALSE(work.advance());  // to ask once more does nothing
  EXPECT_EQ(log.size(), 4U);
  EXPECT_EQ(work.take(), 42);
}

TEST(Sliced, FinishesWhatIsLeft) {
  Log log;
  Sliced<int> work = three_slices(log);
  work.advance();
  EXPECT_EQ(work.finish(), 42);
  EXPECT_EQ(log, (Log{"first", "second", "third", "gone"}));
  EXPECT_EQ(at_once(3).finish(), 3);
}

TEST(Sliced, DroppedHalfWayDestroysWhatItHeld) {
  Log log;
  {
    Sliced<int> work = three_slices(log);
    work.advance();
  }
  EXPECT_EQ(log, (Log{"first", "gone"}));
}

TEST(Sliced, NeverBegunIsDroppedWithoutRunning) {
  Log log;
  {
    const Sliced<int> work = three_slices(log);
  }
  EXPECT_EQ(log, Log{});
}

TEST(Sliced, MovedGoesOnAtItsNewPlace) {
  Log log;
  Log other_log;
  Sliced<int> work = three_slices(log);
  work.advance();
  Sliced<int> moved = std::move(work);
  Sliced<int> assigned = three_slices(other_log);
  assigned.advance();
  assigned = std::move(moved);
  EXPECT_EQ(assigned.finish(), 42);
  EXPECT_EQ(log, (Log{"first", "second", "third", "gone"}));
}

TEST(Sliced, GivesResultsThatCanOnlyBeMoved) { EXPECT_EQ(*only_movable().finish(), 7); }

TEST(Sliced, OfAnInnerOnePausesWhereThatPauses) {
  Log log;
  Sliced<int> work = outermost(log);
  std::vector<std::size_t> lengths;
  while (work.advance()) lengths.push_back(log.size());
  // Two pauses of the inner one, then the outer one's own.
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 3, 5}));
  EXPECT_EQ(log, (Log{"outer", "first", "second", "third", "gone"}));
  EXPECT_EQ(work.take(), 284);
}

TEST(Sliced, DroppedWithinAnInnerOneDestroysBoth) {
  Log log;
  {
    Sliced<int> work = outermost(log);
    work.advance();
  }
  EXPECT_EQ(log, (Log{"outer", "first", "gone"}));
}

TEST(Sliced, WhatItThrowsComesOutOnce) {
  Log log;
  Sliced<int> work = failing(log);
  EXPECT_TRUE(work.advance());
  EXPECT_THROW(work.advance(), std::runtime_error);
  EXPECT_EQ(log, Log{"gone"});
  EXPECT_FALSE(work.advance());
}

TEST(Sliced, WhatAnInnerOneThrowsComesOutOfTheOuterOne) {
  Log log;
  Sliced<std::string> work = fails_within(log);
  EXPECT_TRUE(work.advance());
  EXPECT_THROW(work.advance(), std::runtime_error);
  EXPECT_EQ(log, Log{"gone"});
}

}  // namespace
}  // namespace floodlight::test

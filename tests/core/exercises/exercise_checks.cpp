// Checks of exercises that the tests of all steps share.
#include "tests/core/exercises/exercise_checks.h"

#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/typed_number.h"
#include "core/exercises/exercise_parts.h"

namespace floodlight::testing {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void expect_right(const Exercise& exercise, double answer) {
  const Judgement judgement = judge(exercise, answer);
  EXPECT_EQ(judgement.verdict, Verdict::right) << exercise.id << " " << answer << ": " << judgement.sentence;
  EXPECT_TRUE(judgement.sentence.starts_with("Right: ")) << judgement.sentence;
}
void expect_mistake(const Exercise& exercise, double answer, std::string_view part) {
  const Judgement judgement = judge(exercise, answer);
  EXPECT_EQ(judgement.verdict, Verdict::known_mistake) << exercise.id << " " << answer << ": " << judgement.sentence;
  EXPECT_TRUE(says(judgement.sentence, part)) << exercise.id << " " << answer << ": " << judgement.sentence;
}

void expect_sound(const Exercise& exercise, std::string_view teaching_image) {
  SCOPED_TRACE(std::string(exercise.id) + ": " + exercise.question);
  EXPECT_EQ(exercise.teaching_image, teaching_image);
  EXPECT_EQ(says(exercise.question, "lecture's grid"), teaching_image == "lecture_grid");
  EXPECT_EQ(says(exercise.question, "small field"), teaching_image == "small_field");
  EXPECT_TRUE(exercise.question.ends_with("?"));
  if (exercise.pixel) {
    const std::string place =
        "row " + number_text(exercise.pixel->row) + ", column " + number_text(exercise.pixel->col);
    const auto says_place = [&](const char* end) { return says(exercise.question, place + end); };
    EXPECT_TRUE(says_place(" ") || says_place("?") || says_place("."));
  }
  EXPECT_TRUE(exercise.worked.ends_with("."));
  EXPECT_NE(exercise.worked.find(". "), std::string::npos) << exercise.worked;
  for (const std::string_view broken : {"nan", "inf", "-0 ", "  "}) EXPECT_FALSE(says(exercise.worked, broken));
  expect_right(exercise, exercise.answer);
  const bool choice = exercise.kind == AnswerKind::choice;
  EXPECT_EQ(choice, !exercise.choices.empty());
  if (choice) {
    EXPECT_EQ(exercise.mistakes.size() + 1, exercise.choices.size());
    EXPECT_EQ(std::set<std::string>(exercise.choices.begin(), exercise.choices.end()).size(), exercise.choices.size());
  } else {
    EXPECT_EQ(judge(exercise, parse_typed_number(number_text(exercise.answer, exercise.decimals)).value()).verdict,
              Verdict::right);
    EXPECT_EQ(judge(exercise, -12345678).verdict, Verdict::wrong);
  }
  std::vector<double> answers = {exercise.answer};
  for (const KnownMistake& mistake : exercise.mistakes) {
    EXPECT_TRUE(mistake.why.ends_with(".")) << mistake.why;
    const Judgement judgement = judge(exercise, mistake.answer);
    EXPECT_EQ(judgement.verdict, Verdict::known_mistake);
    EXPECT_EQ(judgement.sentence, mistake.why);
    for (const double earlier : answers) {
      EXPECT_GT(std::abs(earlier - mistake.answer), choice ? 0.5 : 0.5 * std::pow(10.0, -exercise.decimals));
    }
    answers.push_back(mistake.answer);
  }
}

}  // namespace floodlight::testing

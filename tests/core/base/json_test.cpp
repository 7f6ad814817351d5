// Reading and writing JSON.
#include "core/base/json.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

std::string fault(std::string_view text) {
  const auto json = parse_json(text);
  return json ? "accepted" : json.error().message;
}

TEST(Json, ReadsEveryKindOfValue) {
  const auto json = parse_json(R"( {"a": [1, -2.5, 1e3], "b": {"c": null}, "d": true, "e": false, "f": "x\ty"} )");
  ASSERT_TRUE(json.has_value());
  const auto& a = *json->find("a")->array();
  EXPECT_EQ(*a[0].number(), 1);
  EXPECT_EQ(*a[1].number(), -2.5);
  EXPECT_EQ(*a[2].number(), 1000);
  EXPECT_TRUE(json->find("b")->find("c")->is_null());
  EXPECT_TRUE(*json->find("d")->boolean());
  EXPECT_FALSE(*json->find("e")->boolean());
  EXPECT_EQ(*json->find("f")->string(), "x\ty");
  EXPECT_EQ(json->find("g"), nullptr);
  EXPECT_EQ(a[0].find("g"), nullptr);
}

TEST(Json, ReadsEscapesAndSurrogatePairs) {
  const auto json = parse_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e4\u20ac\ud83d\ude00")");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(*json->string(), "\"\\/\b\f\n\r\tA\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(Json, SaysWhereTheFirstFaultIs) {
  EXPECT_EQ(fault("{\n  \"a\": 1,\n  b: 2}"),
            "This is not valid JSON: line 3, column 3: expected a name in double quotes.");
  EXPECT_EQ(fault(""), "This is not valid JSON: line 1, column 1: expected a value.");
  EXPECT_EQ(fault("[1, 2"), "This is not valid JSON: line 1, column 6: expected ',' or ']'.");
}

TEST(Json, RefusesWhatTheStandardRefuses) {
  for (const char* text : {"[1,]",        "{\"a\":1,}",  "01",           "1.",          ".5",
                           "+1",          "1e",          "1e999",        "-",           "nul",
                           "NaN",         "Infinity",    "'a'",          "\"a",         "\"\\x\"",
                           "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
                           "\"a\nb\"",    "1 2",         "{\"a\" 1}",    "{1: 2}",      "]",
                           "{",           "[",           "\"\\"}) {
    EXPECT_EQ(fault(text).rfind("This is not valid JSON: line ", 0), 0U) << text;
  }
  EXPECT_NE(fault(std::string_view("1\0", 2)), "accepted");
}

TEST(Json, RefusesNestingThatWouldExhaustTheStack) {
  EXPECT_EQ(fault(std::string(64, '[') + std::string(64, ']')), "accepted");
  EXPECT_NE(fault(std::string(100000, '[')).find("nested too deep"), std::string::npos);
}

TEST(Json, WritesOnOneLineOrIndented) {
  const Json json(Json::Object{{"a", Json(Json::Array{Json(1), Json("x\"\\\n\r\t\x01")})},
                               {"b", Json(Json::Object{})},
                               {"c", Json(Json::Array{})},
                               {"d", Json(nullptr)},
                               {"e", Json(true)},
                               {"f", Json(std::numeric_limits<double>::quiet_NaN())}});
  EXPECT_EQ(write_json(json), R"({"a": [1, "x\"\\\n\r\t\u0001"], "b": {}, "c": [], "d": null, "e": true, "f": null})");
  EXPECT_EQ(write_json(Json(Json::Object{{"a", Json(Json::Array{Json(1), Json(2)})}}), 2),
            "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
  EXPECT_EQ(json.find("a")->text(), R"([1, "x\"\\\n\r\t\u0001"])");
}

TEST(Json, WhatIsWrittenReadsBackTheSame) {
  const Json json(Json::Object{{"name", Json("N\xC3\xBC"
                                             "clei \xF0\x9F\x98\x80")},
                               {"list", Json(Json::Array{Json(0.1), Json(false), Json(), Json(Json::Object{})})}});
  EXPECT_EQ(parse_json(write_json(json)).value(), json);
  EXPECT_EQ(parse_json(write_json(json, 4)).value(), json);
}

TEST(Json, NumbersAreTheShortestTextThatReadsBack) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(25), "25");
  EXPECT_EQ(shortest(100000), "100000");
  EXPECT_EQ(shortest(-4294967295.0), "-4294967295");
  EXPECT_EQ(shortest(1e30), "1e+30");
  EXPECT_EQ(shortest(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(shortest(63.042049407958984), "63.042049407958984");
  std::mt19937_64 dice(5);
  for (int i = 0; i < 2000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(static_cast<std::int64_t>(dice())), static_cast<int>(dice() % 200) - 130);
    EXPECT_EQ(std::strtod(shortest(value).c_str(), nullptr), value);
    EXPECT_EQ(*parse_json(shortest(value)).value().number(), value);
  }
}

TEST(Json, AByteOrderMarkAndUtf16AreRead) {
  const std::string text = "{\"a\": \"\xC3\xA4 \xE2\x82\xAC \xF0\x9F\xA7\xAA\"}";
  const Json expected = parse_json(text).value();
  EXPECT_EQ(parse_json("\xEF\xBB\xBF" + text), expected);
  const std::u16string wide = u"\uFEFF{\"a\": \"\u00E4 \u20AC \U0001F9EA\"}";
  std::string little;
  std::string big;
  for (const char16_t c : wide) {
    const auto low = static_cast<char>(c & 0xFF);
    const auto high = static_cast<char>(c >> 8);
    little += {low, high};
    big += {high, low};
  }
  EXPECT_EQ(parse_json(little), expected);
  EXPECT_EQ(parse_json(big), expected);
  EXPECT_FALSE(parse_json(little + "7")) << "half a unit more is a file cut off";
  EXPECT_FALSE(parse_json(big + "7"));
  EXPECT_FALSE(parse_json("\xEF\xBB\xBF" + big)) << "one mark stands before a text, not two";
}

}  // namespace
}  // namespace floodlight

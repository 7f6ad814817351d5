// What a link or a file carries of the screen: written and read as pairs of a name and a text.
#include "core/export/shared_state.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "core/files/packed_text.h"
#include "core/pipeline/parameters.h"
#include "core/samples/shipped_network.h"
#include "core/simulate/simulation_parameters.h"

namespace floodlight {
namespace {

using Pair = std::pair<std::string, std::string>;
using Pairs = std::vector<Pair>;

constexpr std::string_view version_key = "v";
constexpr std::string_view json_version_key = "floodlight_state";
constexpr std::string_view recipe_key = "recipe";
constexpr std::string_view learnt_key = "mask.learnt";
constexpr std::size_t most_packed = 12'000;  // letters, which every program that passes links on still takes
constexpr std::size_t most_unpacked = std::size_t{1} << 20U;
constexpr std::string_view recipe_version_key = "floodlight_recipe";
constexpr std::string_view refinements_key = "refinements";
constexpr std::string_view coordinates_key = "seeds.coordinates";
constexpr std::string_view pixel_size_key = "measure.pixel_size";
constexpr std::string_view nothing = "none";
constexpr std::size_t longest_link = 1000000;
constexpr double largest_place = 32767;

// --- words -----------------------------------------------------------------------------------------------------------------

/// As many digits as a screen can show.
std::string short_number(double value, int digits = 6) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*g", digits, value);
  return text.data();
}

/// Darkest and brightest, which have to stay apart: a link with an empty window would be refused.
std::string window_text(double low, double high) {
  const std::string first = short_number(low);
  const std::string second = short_number(high);
  if (std::strtod(first.c_str(), nullptr) < std::strtod(second.c_str(), nullptr)) return first + "," + second;
  return shortest(low) + "," + shortest(high);
}

/// A number as JSON writes it; none for anything else.
std::optional<double> number_from(std::string_view text) {
  const auto json = parse_json(text);
  if (!json || json->number() == nullptr) return std::nullopt;
  return *json->number();
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

/// For messages: what was read, but no longer than a sentence can hold.
std::string quoted(std::string_view text) {
  constexpr std::size_t most = 60;
  return "\"" + std::string(text.substr(0, most)) + (text.size() > most ? "...\"" : "\"");
}

std::unexpected<Error> refuse(std::string_view key, std::string_view text, std::string_view allowed_values) {
  return fail(std::string(key) + " is " + quoted(text) + "; it must be " + std::string(allowed_values) + ".");
}

Result<std::size_t> place_in(std::span<const std::string_view> names, std::string_view key, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return refuse(key, text, "one of " + listed(names));
  return static_cast<std::size_t>(found - names.begin());
}

Result<double> number_between(std::string_view key, std::string_view text, double low, double high) {
  const auto value = number_from(text);
  if (!value || *value < low || *value > high)
    return refuse(key, text, "a number from " + shortest(low) + " to " + shortest(high));
  return *value;
}

/// Two numbers with a comma between them.
Result<std::pair<double, double>> two_numbers(std::string_view key, std::string_view text, double low, double high) {
  const auto parts = split(text, ',');
  const auto first = parts.size() == 2 ? number_from(parts[0]) : std::nullopt;
  const auto second = parts.size() == 2 ? number_from(parts[1]) : std::nullopt;
  if (!first || !second || std::min(*first, *second) < low || std::max(*first, *second) > high)
    return refuse(key, text, "two numbers from " + shortest(low) + " to " + shortest(high) + " with a comma between");
  return std::pair(*first, *second);
}

// --- parameters ------------------------------------------------------------------------------------------------------------

template <typename Owner>
std::string text_of(const Parameter<Owner>& p, const Owner& owner) {
  if (p.kind == ParameterKind::choice) return std::string(current_choice(p, owner).name);
  const double value = p.get(owner);
  if (p.kind == ParameterKind::toggle) return value != 0 ? "true" : "false";
  return std::isnan(value) ? std::string(nothing) : shortest(value);
}

/// What the text would be in a recipe's JSON, which says what is wrong with it.
template <typename Owner>
Json json_of(const Parameter<Owner>& p, std::string_view text) {
  if (p.kind == ParameterKind::choice) return text;
  if (p.optional && text == nothing) return nullptr;
  auto value = parse_json(text);
  return value && value->object() == nullptr && value->array() == nullptr ? *value : Json(text);
}

/// The recipe that has only this in it: "group.name" or "name".
Result<Recipe> recipe_with(std::string_view key, Json value) {
  Json::Object top;
  top.emplace_back(std::string(recipe_version_key), recipe_version);
  const auto dot = key.find('.');
  if (dot == std::string_view::npos) {
    top.emplace_back(std::string(key), std::move(value));
  } else {
    Json::Object group;
    group.emplace_back(std::string(key.substr(dot + 1)), std::move(value));
    top.emplace_back(std::string(key.substr(0, dot)), Json(std::move(group)));
  }
  return recipe_from_json(Json(std::move(top)));
}

/// "remove_small_objects:10,closing:disk:1": each repair with what matters for it, in the table's order.
std::string refinements_text(const std::vector<Refinement>& refinements) {
  std::string text;
  for (const Refinement& refinement : refinements) {
    if (!text.empty()) text += ',';
    bool first = true;
    for (const auto& p : refinement_parameters()) {
      if (!p.matters(refinement)) continue;
      if (!std::exchange(first, false)) text += ':';
      text += text_of(p, refinement);
    }
  }
  return text.empty() ? std::string(nothing) : text;
}

Result<std::vector<Refinement>> refinements_from(std::string_view text) {
  Json::Array list;
  for (const auto entry : text == nothing ? std::vector<std::string_view>() : split(text, ',')) {
    const auto parts = split(entry, ':');
    Json::Object object;
    object.emplace_back("operation", parts.front());
    // What else belongs to it, only the operation says.
    auto only = recipe_with(refinements_key, Json(Json::Array{Json(object)}));
    if (!only) return std::unexpected(only.error());
    std::size_t next = 1;
    for (const auto& p : refinement_parameters().subspan(1)) {
      if (!p.matters(only->refinements.front()) || next >= parts.size()) continue;
      object.emplace_back(std::string(p.key), json_of(p, parts[next++]));
    }
    if (next < parts.size())
      return fail("refinements holds " + quoted(entry) + "; that is more than the operation takes.");
    list.emplace_back(std::move(object));
  }
  auto read = recipe_with(refinements_key, Json(std::move(list)));
  if (!read) return std::unexpected(read.error());
  return std::move(read->refinements);
}

/// "12,40;13,50": row and column of each.
std::string coordinates_text(const std::vector<Pixel>& seeds) {
  std::string text;
  for (const Pixel seed : seeds)
    text += (text.empty() ? "" : ";") + std::to_string(seed.row) + "," + std::to_string(seed.col);
  return text.empty() ? std::string(nothing) : text;
}

Result<std::vector<Pixel>> coordinates_from(std::string_view text) {
  Json::Array list;
  for (const auto entry : text == nothing ? std::vector<std::string_view>() : split(text, ';')) {
    Json::Array pair;
    for (const auto part : split(entry, ',')) pair.emplace_back(parse_json(part).value_or(Json(part)));
    list.emplace_back(std::move(pair));
  }
  auto read = recipe_with(coordinates_key, Json(std::move(list)));
  if (!read) return std::unexpected(read.error());
  return std::move(read->seeds_by_hand);
}

/// How the state's image opens.
const SampleInfo* sample_of(const SharedState& state) {
  const std::size_t place = sample_place(state.sample);
  return place < samples().size() ? &samples()[place] : nullptr;
}

// --- writing ---------------------------------------------------------------------------------------------------------------

void write_recipe(Pairs& pairs, const SharedState& state) {
  const SampleInfo* sample = sample_of(state);
  const Recipe base = sample != nullptr ? sample->recipe : Recipe{};
  const Recipe& r = state.recipe;
  bool refined = false;
  for (const auto& p : recipe_parameters()) {
    const bool differs = p.key == pixel_size_key ? state.own_pixel_size : text_of(p, r) != text_of(p, base);
    // The list of repairs stands where it is applied: before the first parameter of a later stage.
    if (p.stage > Stage::refined && !std::exchange(refined, true) &&
        refinements_text(r.refinements) != refinements_text(base.refinements))
      pairs.emplace_back(refinements_key, refinements_text(r.refinements));
    if (p.matters(r) && differs) pairs.emplace_back(p.key, text_of(p, r));
    if (p.key == "seeds.method" && r.seeds == SeedMethod::by_hand)
      pairs.emplace_back(coordinates_key, coordinates_text(r.seeds_by_hand));
  }
}

void write_simulation(Pairs& pairs, const SharedState& state) {
  const SampleInfo* sample = sample_of(state);
  if (!state.simulation || sample == nullptr || !sample->simulation) return;
  const SampleSimulation& base = *sample->simulation;
  for (const auto& p : simulation_parameters()) {
    const std::string text = text_of(p, state.simulation->parameters);
    if (text != text_of(p, base.parameters)) pairs.emplace_back(p.key, text);
  }
  if (state.simulation->seeds.specimen != base.seeds.specimen)
    pairs.emplace_back("picture.specimen", std::to_string(state.simulation->seeds.specimen));
  if (state.simulation->seeds.exposure != base.seeds.exposure)
    pairs.emplace_back("picture.exposure", std::to_string(state.simulation->seeds.exposure));
}

/// All but version, recipe and simulation.
Pairs written(const SharedState& state) {
  Pairs pairs;
  if (!state.sample.empty()) {
    pairs.emplace_back("image", state.sample);
  } else {
    pairs.emplace_back("file", state.file);
    pairs.emplace_back("digest", state.digest);
  }
  const SharedState usual;
  const SharedView& view = state.view;
  if (state.step != usual.step) pairs.emplace_back("step", shared_steps[state.step]);
  if (state.pixel)
    pairs.emplace_back("pixel", std::to_string(state.pixel->row) + "," + std::to_string(state.pixel->col));
  if (view.zoom) {
    pairs.emplace_back("zoom", short_number(*view.zoom));
    pairs.emplace_back("centre", short_number(view.centre_row) + "," + short_number(view.centre_col));
  }
  if (view.comparison != usual.view.comparison) pairs.emplace_back("compare", shared_comparisons[view.comparison]);
  if (view.split != usual.view.split) pairs.emplace_back("split", short_number(view.split, 3));
  if (view.map != usual.view.map) pairs.emplace_back("map", shared_maps[view.map]);
  if (view.window) pairs.emplace_back("window", window_text(view.window->first, view.window->second));
  std::string parts;
  for (std::size_t i = 0; i < shared_parts.size(); ++i) {
    if (view.parts[i]) parts += (parts.empty() ? "" : ",") + std::string(shared_parts[i]);
  }
  if (!parts.empty()) pairs.emplace_back("show", parts);
  if (view.growth) pairs.emplace_back("growth", short_number(*view.growth, 9));
  if (view.flood) pairs.emplace_back("flood", short_number(*view.flood, 9));
  if (view.landscape)
    pairs.emplace_back("landscape", short_number(view.landscape->first) + "," + short_number(view.landscape->second));
  return pairs;
}

/// Escaped as RFC 3986 asks of a fragment; letters beyond ASCII too, which some programs would break a link at.
std::string escaped(std::string_view text) {
  constexpr std::string_view plain = "-._~!$'()*,;:@/?";
  std::string result;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || plain.contains(c)) {
      result += c;
      continue;
    }
    std::array<char, 4> code{};
    std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    result += code.data();
  }
  return result;
}

std::string unescaped(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    result += coded ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return result;
}

// --- reading ---------------------------------------------------------------------------------------------------------------

Result<void> read_number(std::optional<double>& into, const Pair& pair, double low, double high) {
  return number_between(pair.first, pair.second, low, high).transform([&](double value) { into = value; });
}

Result<void> read_view(SharedView& view, const Pair& pair) {
  const auto& [key, text] = pair;
  const auto into = [](auto& field) { return [&field](auto value) { field = value; }; };
  if (key == "zoom") return read_number(view.zoom, pair, 0.01, 1000);
  if (key == "growth") return read_number(view.growth, pair, 0, 1e9);
  if (key == "flood") return read_number(view.flood, pair, 0, 1e9);
  if (key == "compare") return place_in(shared_comparisons, key, text).transform(into(view.comparison));
  if (key == "map") return place_in(shared_maps, key, text).transform(into(view.map));
  if (key == "split") return number_between(key, text, 0.05, 0.95).transform(into(view.split));
  if (key == "landscape") return two_numbers(key, text, -360, 360).transform(into(view.landscape));
  if (key == "window") {
    const auto window = two_numbers(key, text, -1e38, 1e38);
    if (window && window->first >= window->second) return refuse(key, text, "a smaller number, then a larger one");
    return window.transform(into(view.window));
  }
  if (key == "centre") {
    return two_numbers(key, text, 0, largest_place + 1).transform([&](const std::pair<double, double>& centre) {
      std::tie(view.centre_row, view.centre_col) = centre;
    });
  }
  for (const auto part : split(text, ',')) {
    const auto place = place_in(shared_parts, key, part);
    if (!place) return std::unexpected(place.error());
    view.parts[*place] = true;
  }
  return {};
}

Result<void> read_pixel(SharedState& state, const Pair& pair) {
  const auto place = two_numbers(pair.first, pair.second, 0, largest_place);
  if (!place) return std::unexpected(place.error());
  const Pixel pixel{static_cast<int>(place->first), static_cast<int>(place->second)};
  if (pixel.row != place->first || pixel.col != place->second)
    return refuse(pair.first, pair.second, "a row and a column, both whole numbers");
  state.pixel = pixel;
  return {};
}

Result<void> read_simulation(SharedState& state, const Pair& pair) {
  const SampleInfo* sample = sample_of(state);
  if (sample == nullptr || !sample->simulation) return fail(pair.first + " is given, but the image is not simulated.");
  if (!state.simulation) state.simulation = sample->simulation;
  if (!pair.first.starts_with("picture."))
    return set_simulation_parameter(state.simulation->parameters, pair.first, pair.second);
  constexpr std::size_t most_digits = 19;  // of any 64-bit number
  const auto& text = pair.second;
  if (text.empty() || text.size() > most_digits || text.find_first_not_of("0123456789") != std::string::npos)
    return refuse(pair.first, text, "a whole number");
  auto& seeds = state.simulation->seeds;
  (pair.first == "picture.specimen" ? seeds.specimen : seeds.exposure) = std::strtoull(text.c_str(), nullptr, 10);
  return {};
}

Result<void> read_pair(SharedState& state, const Pair& pair) {
  const auto& [key, text] = pair;
  constexpr std::array<std::string_view, 10> of_view = {"zoom",   "centre", "compare", "split", "map",
                                                        "window", "show",   "growth",  "flood", "landscape"};
  if (std::ranges::contains(of_view, key)) return read_view(state.view, pair);
  if (key == "step") return place_in(shared_steps, key, text).transform([&](std::size_t step) { state.step = step; });
  if (key == "pixel") return read_pixel(state, pair);
  if (key == refinements_key)
    return refinements_from(text).transform([&](auto list) { state.recipe.refinements = std::move(list); });
  if (key == coordinates_key)
    return coordinates_from(text).transform([&](auto list) { state.recipe.seeds_by_hand = std::move(list); });
  if (key == "picture.specimen" || key == "picture.exposure" || find_simulation_parameter(key) != nullptr)
    return read_simulation(state, pair);
  const auto p = std::ranges::find(recipe_parameters(), key, &RecipeParameter::key);
  if (p == recipe_parameters().end())
    return fail(quoted(key) + " is nothing that this Floodlight knows; was the link cut or changed on its way?");
  state.own_pixel_size = state.own_pixel_size || key == pixel_size_key;
  return set_from_json(*p, state.recipe, json_of(*p, text));
}

/// The network that comes with the program stands in a link by this word. Another one gets another word, and this one stays with
/// the program: what a link meant it means for ever.
constexpr std::string_view shipped = "shipped-1";

/// What the way to the mask has learnt, for a link; nothing where that would be too long.
std::optional<std::string> written_learnt(const Recipe& recipe) {
  const MaskLearnt* learnt = recipe.mask_from->learnt;
  if (learnt == nullptr || !learnt->there(recipe)) return std::nullopt;
  static const auto with_the_program = shipped_network();
  if (is_network(*recipe.mask_from) && *recipe.network == *with_the_program) return std::string(shipped);
  std::string packed = packed_text(write_json(learnt->to_json(recipe)));
  return packed.size() <= most_packed ? std::optional(std::move(packed)) : std::nullopt;
}

Result<void> read_learnt(Recipe& recipe, const std::string& packed) {
  const MaskLearnt* learnt = recipe.mask_from->learnt;
  if (learnt == nullptr) return fail(std::string(learnt_key) + " is given, but its mask comes from nothing learnt.");
  if (is_network(*recipe.mask_from) && packed == shipped) {
    recipe.network = shipped_network();
    return {};
  }
  const auto text = unpacked_text(packed, most_unpacked);
  if (!text) return std::unexpected(text.error());
  const auto json = parse_json(*text);
  if (!json) return std::unexpected(json.error());
  return learnt->from_json(recipe, *json);
}

/// Which image, and how it opens: what the rest is read onto.
Result<SharedState> read_image(const Pairs& pairs) {
  SharedState state;
  for (const auto& [key, text] : pairs) {
    if (key == "image") state.sample = text;
    if (key == "file") state.file = text;
    if (key == "digest") state.digest = text;
  }
  if (state.sample.empty() == state.file.empty()) return fail("It must name either an image or a file.");
  if (!state.file.empty()) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (state.digest.size() != 8 || !std::ranges::all_of(state.digest, is_hex))
      return refuse("digest", state.digest, "8 hexadecimal digits");
    return state;
  }
  const SampleInfo* sample = sample_of(state);
  if (sample == nullptr) return refuse("image", state.sample, "an image that comes with Floodlight, such as nuclei_01");
  state.recipe = sample->recipe;
  return state;
}

/// `recipe`: in the place of the image's own.
Result<SharedState> read_pairs(const Pairs& pairs, const std::optional<Recipe>& recipe) {
  auto state = read_image(pairs);
  if (!state) return state;
  if (recipe) {
    state->recipe = *recipe;
    state->own_pixel_size = true;
  }
  for (const Pair& pair : pairs) {
    if (pair.first == "image" || pair.first == "file" || pair.first == "digest" || pair.first == learnt_key) continue;
    if (auto read = read_pair(*state, pair); !read) return std::unexpected(read.error());
  }
  if (const auto learnt = std::ranges::find(pairs, learnt_key, &Pair::first); learnt != pairs.end()) {
    if (auto read = read_learnt(state->recipe, learnt->second); !read) return std::unexpected(read.error());
  }
  if (auto good = check_together(state->recipe); !good) return std::unexpected(good.error());
  if (const MaskLearnt* learnt = state->recipe.mask_from->learnt; learnt != nullptr && !learnt->there(state->recipe)) {
    return fail("Its mask comes from what was learnt from " + std::string(learnt->from) +
                ", which is too long for a link; open the recipe's JSON file instead.");
  }
  if (state->simulation) {
    if (auto good = check(state->simulation->parameters); !good) return std::unexpected(good.error());
  }
  return state;
}

}  // namespace

std::string digest_of(std::span<const std::uint8_t> bytes) {
  // FNV-1a of 64 bits, its halves folded together.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08x", static_cast<unsigned>((hash >> 32) ^ (hash & 0xffffffff)));
  return text.data();
}

std::string shared_state_fragment(const SharedState& state) {
  Pairs pairs = written(state);
  write_simulation(pairs, state);
  write_recipe(pairs, state);
  if (auto learnt = written_learnt(state.recipe)) pairs.emplace_back(learnt_key, std::move(*learnt));
  std::string text = std::string(version_key) + "=" + std::to_string(shared_state_version);
  for (const auto& [key, value] : pairs) text += "&" + key + "=" + escaped(value);
  return text;
}

Result<SharedState> shared_state_from_fragment(std::string_view fragment) {
  if (fragment.starts_with('#')) fragment.remove_prefix(1);
  if (fragment.size() > longest_link) return fail("It is longer than any link of Floodlight's.");
  Pairs pairs;
  for (const auto part : split(fragment, '&')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) {
      pairs.emplace_back(unescaped(part), "");
    } else {
      pairs.emplace_back(unescaped(part.substr(0, equals)), unescaped(part.substr(equals + 1)));
    }
  }
  if (pairs.front().first != version_key) return fail("It does not begin with v=1, as Floodlight's links do.");
  if (pairs.front().second != std::to_string(shared_state_version))
    return fail("It has version " + quoted(pairs.front().second) + "; this Floodlight reads version " +
                std::to_string(shared_state_version) + ".");
  pairs.erase(pairs.begin());
  return read_pairs(pairs, std::nullopt);
}

Json shared_state_to_json(const SharedState& state) {
  Pairs pairs = written(state);
  write_simulation(pairs, state);
  Json::Object top;
  top.emplace_back(std::string(json_version_key), shared_state_version);
  for (const auto& [key, text] : pairs) {
    const bool is_word = key == "image" || key == "file" || key == "digest";
    const auto number = is_word ? std::nullopt : number_from(text);
    top.emplace_back(key, number ? Json(*number) : Json(text));
  }
  top.emplace_back(std::string(recipe_key), recipe_to_json(state.recipe));
  return Json(std::move(top));
}

bool is_shared_state(const Json& json) { return json.find(json_version_key) != nullptr; }

Result<SharedState> shared_state_from_json(const Json& json) {
  const Json* version = json.find(json_version_key);
  if (version == nullptr || version->number() == nullptr || *version->number() != shared_state_version)
    return fail(std::string(json_version_key) + " is " + (version != nullptr ? version->text() : "missing") +
                "; this Floodlight reads version " + std::to_string(shared_state_version) + ".");
  Pairs pairs;
  std::optional<Recipe> recipe;
  for (const auto& [key, value] : *json.object()) {
    if (key == json_version_key) continue;
    if (key == recipe_key) {
      auto read = recipe_from_json(value);
      if (!read) return std::unexpected(read.error());
      recipe = std::move(*read);
      continue;
    }
    pairs.emplace_back(key, value.string() != nullptr ? *value.string() : value.text());
  }
  return read_pairs(pairs, recipe);
}

}  // namespace floodlight

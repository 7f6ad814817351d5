// Between JavaScript values and the core's: the checks, and the words of what is refused.
#include "web/bindings/convert.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/foreign_text.h"
#include "core/pipeline/pipeline.h"

namespace floodlight::bindings {
namespace {

constexpr int longest_side = 32768;

/// A value as it may stand in a sentence.
std::string shown(const val& value) {
  const val json =
      value.typeOf().as<std::string>() == "object" ? val::global("JSON").call<val>("stringify", value) : value;
  return floodlight::shown(val::global("String")(json).as<std::string>());
}

/// A name without capitals and underscores: min_distance and minDistance are the same.
std::string plain(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c != '_') result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

/// scikit-image's names of what is called otherwise here.
struct Alias {
  std::string_view theirs;
  std::string_view ours;
};
constexpr auto aliases = std::to_array<Alias>({
    {"watershedline", "line"},
    {"footprint", "window"},
    {"size", "window"},
    {"neighbours", "connectivity"},
    {"neighbors", "connectivity"},
    {"nestimators", "trees"},
});

std::string class_of(const val& object) {
  const val constructor = object["constructor"];
  return constructor.isUndefined() ? "" : constructor["name"].as<std::string>();
}

template <typename T>
Image<T> image_of(const val& image, const char* name) {
  const std::string wanted = std::string(name) + " must be {rows, cols, data} with rows x cols values";
  if (image.isNull() || image.isUndefined() || image["data"].isUndefined()) refuse(wanted + ".");
  const int rows = whole_number(image["rows"], "rows", 1, longest_side);
  const int cols = whole_number(image["cols"], "cols", 1, longest_side);
  std::vector<T> values = numbers<T>(image["data"], "data");
  if (values.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols)) {
    refuse(wanted + "; it has " + std::to_string(values.size()) + " values for " + std::to_string(rows) + " x " +
           std::to_string(cols) + " pixels.");
  }
  return {rows, cols, std::move(values)};
}

val image_to_js(const char* type, auto view) {
  val result = val::object();
  result.set("rows", view.rows());
  result.set("cols", view.cols());
  result.set("data", typed_array(type, view.pixels()));
  return result;
}

template <typename Owner>
double checked_by_table(const Parameter<Owner>& p, const val& value, const char* own_name) {
  Owner owner;
  if (p.kind == ParameterKind::choice) {
    const std::string name = shown(value);
    for (std::size_t i = 0; i < p.choices.size(); ++i) {
      if (p.choices[i].name == name) return static_cast<double>(i);
    }
  } else if (value.isNumber()) {
    if (set_checked(p, owner, value.as<double>())) return p.get(owner);
  }
  refuse(std::string(own_name) + " is " + shown(value) + "; it must be " + allowed(p) + ".");
}

}  // namespace

void refuse(const std::string& sentence) {
  val::global("Error").new_(sentence).throw_();
  std::unreachable();
}

bool given(const Maybe& value) { return value && !value->isUndefined() && !value->isNull(); }

Maybe option(const Maybe& options, const char* name) {
  if (!given(options)) return std::nullopt;
  Maybe member = (*options)[name];
  return given(member) ? member : std::nullopt;
}

void only(const Maybe& options, std::span<const std::string_view> known) {
  if (!given(options)) return;
  if (options->typeOf().as<std::string>() != "object")
    refuse("options is " + shown(*options) + "; it must be an object.");
  const auto keys = emscripten::vecFromJSArray<std::string>(val::global("Object").call<val>("keys", *options));
  for (const std::string& key : keys) {
    if (std::ranges::find(known, std::string_view(key)) != known.end()) continue;
    std::string all;
    for (const std::string_view name : known) {
      const auto alias = std::ranges::find(aliases, plain(key), &Alias::theirs);
      if (plain(name) == plain(key) || (alias != aliases.end() && alias->ours == name))
        refuse(key + " is no option; here it is called " + std::string(name) + ".");
      all += (all.empty() ? "" : ", ") + std::string(name);
    }
    refuse(key + " is no option; there are " + all + ".");
  }
}

double number(const val& value, const char* name) {
  if (!value.isNumber() || !std::isfinite(value.as<double>()))
    refuse(std::string(name) + " is " + shown(value) + "; it must be a finite number.");
  return value.as<double>();
}

int whole_number(const val& value, const char* name, int lowest, int highest) {
  return static_cast<int>(whole_number(value, name, static_cast<double>(lowest), static_cast<double>(highest)));
}

double whole_number(const val& value, const char* name, double lowest, double highest) {
  const double given_number = value.isNumber() ? value.as<double>() : NAN;
  if (!(given_number >= lowest && given_number <= highest) || given_number != std::trunc(given_number)) {
    refuse(std::string(name) + " is " + shown(value) + "; it must be a whole number from " + shortest(lowest) + " to " +
           shortest(highest) + ".");
  }
  return given_number;
}

bool toggle(const val& value, const char* name) {
  if (!value.isTrue() && !value.isFalse())
    refuse(std::string(name) + " is " + shown(value) + "; it must be true or false.");
  return value.isTrue();
}

std::string text(const val& value, const char* name) {
  if (!value.isString()) refuse(std::string(name) + " is " + shown(value) + "; it must be a string.");
  return value.as<std::string>();
}

double checked(const RecipeParameter& parameter, const val& value, const char* name) {
  return checked_by_table(parameter, value, name);
}
double checked(const RefinementParameter& parameter, const val& value, const char* name) {
  return checked_by_table(parameter, value, name);
}

Stage stage(const val& name) {
  const auto found = std::ranges::find(stage_names, shown(name));
  if (found == stage_names.end()) {
    std::string all;
    for (const auto known : stage_names) all += (all.empty() ? "" : ", ") + std::string(known);
    refuse("stage is " + shown(name) + "; it must be one of " + all + ".");
  }
  return stages[static_cast<std::size_t>(found - stage_names.begin())];
}

Recipe recipe(const val& value) {
  const val json = value.isString() ? value : val::global("JSON").call<val>("stringify", value);
  if (!json.isString()) refuse("recipe must be a recipe's object, or its JSON text.");
  return value_or_throw(recipe_from_text(json.as<std::string>()));
}

Data data_of(const val& image, const char* name) {
  const val data = image.isNull() || image.isUndefined() ? val::undefined() : image["data"];
  if (!data.isUndefined() && !data.isNull()) {
    const std::string type = class_of(data);
    for (const char* known : {"Uint8Array", "Uint8ClampedArray", "Int8Array"})
      if (type == known) return Data::bytes;
    for (const char* known : {"Int32Array", "Uint32Array", "Int16Array", "Uint16Array"})
      if (type == known) return Data::integers;
    if (type == "Float32Array") return Data::singles;
    if (type == "Float64Array") return Data::doubles;
  }
  refuse(std::string(name) + " must be {rows, cols, data} with data in a typed array.");
}

Image<float> float_image(const val& image, const char* name) { return image_of<float>(image, name); }

Image<float> finite_image(const val& image, const char* name) {
  Image<float> result = float_image(image, name);
  if (const auto bad = count_nonfinite(result); bad > 0) {
    refuse(std::string(name) + " holds " + std::to_string(bad) + (bad == 1 ? " pixel that is" : " pixels that are") +
           " NaN or infinite; every pixel must be a finite number.");
  }
  return result;
}

Image<double> double_image(const val& image, const char* name) {
  Image<double> result = image_of<double>(image, name);
  if (!std::ranges::all_of(result.pixels(), [](double v) { return std::isfinite(v); }))
    refuse(std::string(name) + " holds pixels that are NaN or infinite; every pixel must be a finite number.");
  return result;
}

Image<std::int32_t> integer_image(const val& image, const char* name) {
  const Data data = data_of(image, name);
  if (data == Data::singles || data == Data::doubles)
    refuse(std::string(name) + " must hold whole numbers, in an Int32Array for example.");
  if (class_of(image["data"]) == "Uint32Array") {
    const Image<std::uint32_t> values = image_of<std::uint32_t>(image, name);
    constexpr std::uint32_t largest = std::numeric_limits<std::int32_t>::max();
    if (const std::uint32_t found = std::ranges::max(values.pixels()); found > largest) {
      refuse(std::string(name) + " holds " + std::to_string(found) + "; its values must be at most 2147483647.");
    }
    return {values.rows(), values.cols(), std::vector<std::int32_t>(values.pixels().begin(), values.pixels().end())};
  }
  return image_of<std::int32_t>(image, name);
}

LabelImage label_image(const val& image, const char* name) {
  LabelImage result = integer_image(image, name);
  if (std::ranges::any_of(result.pixels(), [](Label l) { return l < 0; }))
    refuse(std::string(name) + " holds a negative label; labels are whole numbers from 0 to 2147483647.");
  return result;
}

Mask mask_image(const val& image, const char* name) {
  if (data_of(image, name) != Data::bytes)
    refuse(std::string(name) + " must be a mask, with data in a Uint8Array: 0 is background.");
  Mask mask = image_of<std::uint8_t>(image, name);
  std::uint8_t inside = 0;
  for (const std::uint8_t value : std::as_const(mask).pixels()) {
    if (value == 0 || value == inside) continue;
    if (inside != 0) {
      refuse(std::string(name) + " holds " + std::to_string(inside) + " and " + std::to_string(value) +
             " besides 0, and a mask has one value; labels go into an Int32Array.");
    }
    inside = value;
  }
  return mask;
}

void require_same_shape(int rows, int cols, int other_rows, int other_cols, const char* what) {
  if (rows == other_rows && cols == other_cols) return;
  refuse(std::string(what) + " must have the same shape; they are " + std::to_string(rows) + " x " +
         std::to_string(cols) + " and " + std::to_string(other_rows) + " x " + std::to_string(other_cols) + ".");
}

val to_js(FloatView image) { return image_to_js("Float32Array", image); }
val to_js(ImageView<const std::int32_t> image) { return image_to_js("Int32Array", image); }
val to_js(MaskView image) { return image_to_js("Uint8Array", image); }

val to_js(const std::vector<Pixel>& pixels) {
  std::vector<std::int32_t> flat;
  for (const Pixel p : pixels) {
    flat.push_back(p.row);
    flat.push_back(p.col);
  }
  return typed_array("Int32Array", std::span<const std::int32_t>(flat));
}

val to_js(const Json& json) { return val::global("JSON").call<val>("parse", write_json(json)); }

val to_js(const std::optional<double>& value) { return value ? val(*value) : val::null(); }

}  // namespace floodlight::bindings

// Between JavaScript values and the core's: typed arrays, option objects, and sentences that become Errors.
#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"

namespace floodlight::bindings {

using emscripten::val;
/// An argument that may be left out.
using Maybe = std::optional<val>;

/// Throws a JavaScript Error with this message. Destructors on the way out run, as for a C++ exception.
[[noreturn]] void refuse(const std::string& sentence);

/// The value, or its Error thrown.
template <typename T>
T value_or_throw(Result<T> result) {
  if (!result) refuse(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// `Guarded<&f>::call` is f, but a failed allocation becomes an Error that says so.
template <auto f>
struct Guarded;
template <typename Returned, typename... Arguments, Returned (*f)(Arguments...)>
struct Guarded<f> {
  static Returned call(Arguments... arguments) {
    try {
      return f(std::forward<Arguments>(arguments)...);
    } catch (const std::exception&) {
      refuse("There is not enough memory for this; a smaller image would do.");
    }
  }
};

/// A member of an options object; nothing when it, or the whole object, is left out.
Maybe option(const Maybe& options, const char* name);
/// Refuses members of an options object that are none of the known ones: under scikit-image's name, or another spelling,
/// with the name that they have here.
void only(const Maybe& options, std::span<const std::string_view> known);
inline void only(const Maybe& options, std::initializer_list<std::string_view> known) {
  only(options, std::span<const std::string_view>(known.begin(), known.size()));
}
/// JavaScript's words for PagesKept, in its order.
inline constexpr std::array<const char*, 3> kept_names = {"alone", "directories", "stack"};
/// Whether a value was given: not undefined, not null.
bool given(const Maybe& value);

// The following refuse with the name, the value and what is allowed.
double number(const val& value, const char* name);
int whole_number(const val& value, const char* name, int lowest, int highest);
double whole_number(const val& value, const char* name, double lowest, double highest);
bool toggle(const val& value, const char* name);
std::string text(const val& value, const char* name);
/// A value of one of the parameters in the recipe's (or a refinement's) table, checked against its range there. What is
/// refused is called `name`, as the caller knows it.
double checked(const RecipeParameter& parameter, const val& value, const char* name);
double checked(const RefinementParameter& parameter, const val& value, const char* name);
Stage stage(const val& name);
/// A recipe as its JSON text, or as the object that the text describes.
Recipe recipe(const val& value);

/// The numbers of an array or typed array, converted as JavaScript does.
template <typename T>
std::vector<T> numbers(const val& array, const char* name) {
  const val length = array.isNull() || array.isUndefined() ? val::undefined() : array["length"];
  if (!length.isNumber() || array.isString()) refuse(std::string(name) + " must be an array or typed array.");
  std::vector<T> result(length.as<std::size_t>());
  val(emscripten::typed_memory_view(result.size(), result.data())).call<void>("set", array);
  return result;
}

/// What the class of an image's `data` says about its meaning.
enum class Data : std::uint8_t { bytes, integers, singles, doubles };
Data data_of(const val& image, const char* name);

Image<float> float_image(const val& image, const char* name);
/// The same, and every pixel must be a finite number.
Image<float> finite_image(const val& image, const char* name);
Image<double> double_image(const val& image, const char* name);
Image<std::int32_t> integer_image(const val& image, const char* name);
/// The same, and no label may be negative.
LabelImage label_image(const val& image, const char* name);
/// The same values in every pixel but for 0: any other image of bytes is no mask, and is refused.
Mask mask_image(const val& image, const char* name);
void require_same_shape(int rows, int cols, int other_rows, int other_cols, const char* what);

/// A new typed array of JavaScript's own; nothing of it stays in the module's memory.
template <typename T>
val typed_array(const char* type, std::span<const T> values) {
  return val::global(type).new_(emscripten::typed_memory_view(values.size(), values.data()));
}

val to_js(FloatView image);
val to_js(ImageView<const std::int32_t> image);
val to_js(MaskView image);
val to_js(const std::vector<Pixel>& pixels);
val to_js(const Json& json);
val to_js(const std::optional<double>& value);

}  // namespace floodlight::bindings

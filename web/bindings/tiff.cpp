// Files for JavaScript: TIFF in, images out, and back; outlines of labels.
#include "core/files/tiff.h"

#include <emscripten/bind.h>

#include "core/base/foreign_text.h"
#include "core/export/outline_formats.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {
namespace {

std::vector<std::byte> bytes_of(const val& bytes) {
  const val view = bytes.isNull() || bytes.isUndefined() || !bytes["byteLength"].isNumber() ? val::undefined()
                                                                                            : val::global("Uint8Array");
  if (view.isUndefined()) refuse("bytes must be a Uint8Array or an ArrayBuffer.");
  const val buffer = bytes["buffer"];
  const val contents =
      buffer.isUndefined() ? view.new_(bytes) : view.new_(buffer, bytes["byteOffset"], bytes["byteLength"]);
  std::vector<std::byte> result(contents["length"].as<std::size_t>());
  val(emscripten::typed_memory_view(result.size(), reinterpret_cast<unsigned char*>(result.data())))
      .call<void>("set", contents);
  return result;
}

TiffLimits limits_of(const Maybe& options) {
  TiffLimits limits;
  if (const Maybe side = option(options, "maxSide")) limits.max_side = whole_number(*side, "maxSide", 1, 32768);
  return limits;
}

int page_of(const Maybe& options) {
  const Maybe page = option(options, "page");
  return page ? whole_number(*page, "page", 0, 65535) : 0;
}

val page_to_js(const TiffPage& page) {
  val result = val::object();
  result.set("rows", page.rows);
  result.set("cols", page.cols);
  result.set("type", page.known ? val(std::string(pixel_type_name(page.type))) : val::null());
  result.set("bits", page.bits);
  result.set("channels", page.channels);
  result.set("samples", page.samples);
  result.set("planar", page.planar);
  result.set("kept", kept_names[static_cast<std::size_t>(page.kept)]);
  result.set("rgb", page.rgb);
  result.set("palette", page.palette);
  result.set("typeMaximum", page.type_maximum);
  result.set("pixelSizeUm", to_js(page.pixel_size_um));
  result.set("pixelHeightUm", to_js(page.pixel_height_um));
  result.set("whiteIsZero", page.white_is_zero);
  result.set("title", page.title);
  result.set("problem", page.problem);
  return result;
}

val inspect(val bytes, val name) {
  const auto info = value_or_throw(inspect_tiff(bytes_of(bytes), shown(text(name, "name"))));
  val pages = val::array();
  for (const auto& page : info.pages) pages.call<void>("push", page_to_js(page));
  val result = val::object();
  result.set("pages", pages);
  result.set("note", info.note);
  return result;
}

val read(val bytes, val name, Maybe options) {
  only(options, {"page", "channel", "maxSide"});
  TiffSelection selection;
  selection.page = page_of(options);
  if (const Maybe channel = option(options, "channel")) selection.channel = whole_number(*channel, "channel", 0, 65535);
  const auto image =
      value_or_throw(read_tiff(bytes_of(bytes), shown(text(name, "name")), selection, limits_of(options)));
  val result = to_js(image.pixels.view());
  result.set("type", std::string(pixel_type_name(image.type)));
  result.set("page", image.page);
  result.set("pages", image.pages);
  result.set("channel", image.channel == TiffSelection::default_channel ? val::null() : val(image.channel));
  result.set("channels", image.channels);
  result.set("luminance", image.luminance);
  result.set("typeMaximum", image.type_maximum);
  result.set("saturated", static_cast<double>(image.saturated));
  result.set("nonfinite", static_cast<double>(image.nonfinite));
  result.set("rounded", image.rounded);
  result.set("min", image.min);
  result.set("max", image.max);
  result.set("pixelSizeUm", to_js(image.pixel_size_um));
  result.set("pixelHeightUm", to_js(image.pixel_height_um));
  return result;
}

val read_labels(val bytes, val name, Maybe options) {
  only(options, {"page", "maxSide"});
  const auto labels =
      value_or_throw(read_label_tiff(bytes_of(bytes), shown(text(name, "name")), page_of(options), limits_of(options)));
  return to_js(labels.view());
}

TiffWriteOptions write_options(const Maybe& options) {
  TiffWriteOptions result;
  if (const Maybe size = option(options, "pixelSizeUm"))
    result.pixel_size_um = checked(recipe_parameter("measure.pixel_size"), *size, "pixelSizeUm");
  if (const Maybe size = option(options, "pixelHeightUm"))
    result.pixel_height_um = checked(recipe_parameter("measure.pixel_height"), *size, "pixelHeightUm");
  return result;
}

val to_js(const std::vector<std::byte>& bytes) {
  return typed_array("Uint8Array", std::span(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

val encode_labels(val labels, Maybe options) {
  only(options, {"bits", "pixelSizeUm", "pixelHeightUm"});
  LabelDepth depth = LabelDepth::u32;
  if (const Maybe bits = option(options, "bits")) {
    const int wanted = whole_number(*bits, "bits", 16, 32);
    if (wanted != 16 && wanted != 32) refuse("bits is " + std::to_string(wanted) + "; it must be 16 or 32.");
    depth = static_cast<LabelDepth>(wanted);
  }
  return to_js(value_or_throw(encode_label_tiff(label_image(labels, "labels"), depth, write_options(options))));
}

val encode_outlines(val labels, val program) {
  const OutlineFormat* format = value_or_throw(find_outline_format(shown(text(program, "program")), "program"));
  return to_js(value_or_throw(format->encode(label_image(labels, "labels"))));
}

val encode_mask(val mask, Maybe options) {
  only(options, {"pixelSizeUm", "pixelHeightUm"});
  return to_js(value_or_throw(encode_mask_tiff(mask_image(mask, "mask"), write_options(options))));
}

val encode_float(val image, Maybe options) {
  only(options, {"pixelSizeUm", "pixelHeightUm"});
  return to_js(value_or_throw(encode_float_tiff(float_image(image, "image"), write_options(options))));
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_tiff) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  using emscripten::function;
  function("inspectTiff", &Guarded<&inspect>::call);
  function("readTiff", &Guarded<&read>::call);
  function("readLabelTiff", &Guarded<&read_labels>::call);
  function("encodeLabelTiff", &Guarded<&encode_labels>::call);
  function("encodeOutlines", &Guarded<&encode_outlines>::call);
  function("encodeMaskTiff", &Guarded<&encode_mask>::call);
  function("encodeFloatTiff", &Guarded<&encode_float>::call);
}

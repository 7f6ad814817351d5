// TIFF in and out, wholly in memory: from a student's file to numbers, and from results to files others can open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"

namespace floodlight {

/// How a file stores one value.
enum class PixelType : std::uint8_t { u8, u16, u32, u64, i8, i16, i32, i64, f32, f64, f16 };

/// The type's numpy name: "uint8", "int16", "float32", ...
std::string_view pixel_type_name(PixelType type);
/// The largest value an integer type can hold (of 64 bits: to within 2048); 0 for floating point, where nothing
/// saturates.
double pixel_type_maximum(PixelType type);
constexpr bool is_floating_point(PixelType type) { return type >= PixelType::f32; }

/// The page's (and the browser's) limit on each side; the command line passes a larger one.
struct TiffLimits {
  int max_side = 4096;
  std::uint64_t max_bytes = std::uint64_t{1} << 30;  ///< of one page with all its channels, decoded
};

/// How a file keeps its pages: one alone, each with a directory of its own, or many behind a single directory.
enum class PagesKept : std::uint8_t { alone, directories, stack };

/// One image of a file. A file holds at least one.
struct TiffPage {
  int rows = 0;
  int cols = 0;
  PixelType type = PixelType::u8;  ///< only where `known`
  bool known = true;               ///< false when the file stores what is no PixelType; then there is a problem, too
  int bits = 8;         ///< per value as stored; 1 to 15 bits that do not fill their type are unpacked into u8 or u16
  int channels = 1;     ///< samples per pixel, without an RGB image's alpha
  int samples = 1;      ///< per pixel as stored, with the alpha
  bool planar = false;  ///< each channel's values lie together, channel after channel
  PagesKept kept = PagesKept::alone;  ///< `alone`: a reader that knows no pages finds these pixels and no others
  bool rgb = false;            ///< three channels of colour: the default is their luminance; otherwise it is channel 0
  bool palette = false;        ///< values are indices into a colour table (an ImageJ LUT) and are read as stored
  bool white_is_zero = false;  ///< the file says that bright is dark (MINISWHITE); values are read as stored
  double type_maximum = 0;  ///< of the type, or of the camera when the file tells (OME SignificantBits); 0 for floats
  std::optional<double> pixel_size_um = {};    ///< width of a pixel in micrometres when the file tells
  std::optional<double> pixel_height_um = {};  ///< its height where that is another than its width
  /// "channel 1, slice 3, frame 2", "lower resolution" or "thumbnail" when the file tells, else empty.
  std::string title = {};
  /// Why this page cannot be read, as a whole sentence; empty when nothing speaks against it.
  std::string problem = {};
  friend bool operator==(const TiffPage&, const TiffPage&) = default;
};

struct TiffInfo {
  std::vector<TiffPage> pages;  ///< never empty
  std::string note;             ///< a sentence about a page list that is damaged or too long; mostly empty
};

/// Looks at a file without decoding pixels: its pages with their shapes, types and channels. ImageJ hyperstacks (also
/// those above 4 GB, where one directory stands for all pages) and OME-TIFF planes count as pages.
/// `name` is the file's name, for the sentence when the file is empty, is no TIFF (recognised by content: "holiday.jpg
/// is a JPEG; Floodlight reads TIFF.") or has no page. O(pages), some microseconds each.
Result<TiffInfo> inspect_tiff(std::span<const std::byte> bytes, std::string_view name);

struct TiffSelection {
  static constexpr int default_channel = -1;  ///< RGB: luminance; otherwise channel 0
  int page = 0;
  int channel = default_channel;
};

/// One page's numbers as float32, and what was seen on the way.
struct Intensities {
  Image<float> pixels;
  PixelType type = PixelType::u8;
  int page = 0;
  int pages = 1;
  int channel = 0;  ///< the channel read, or TiffSelection::default_channel for luminance
  int channels = 1;
  bool luminance = false;      ///< 0.2125 R + 0.7154 G + 0.0721 B in double, then float32
  double type_maximum = 0;     ///< as in TiffPage
  std::int64_t saturated = 0;  ///< pixels at type_maximum or above (for luminance: in any of the three channels)
  std::int64_t nonfinite = 0;  ///< pixels that are NaN or infinite in float32
  bool rounded = false;        ///< some stored value is no float32 (integers above 2^24, float64); false for luminance
  double min = 0;  ///< smallest and largest value that is finite in float32, as stored; both 0 when there is none
  double max = 0;
  std::optional<double> pixel_size_um;
  std::optional<double> pixel_height_um;  ///< as in TiffPage
};

/// Reads one page of a TIFF: `astype("float32")` of the values as stored (MINISWHITE and palettes too; orientation is
/// not applied). Signed and unsigned integers of 8 to 64 bits, packed ones of 1 to 15, float16, 32, 64; strips and
/// tiles; uncompressed, PackBits, LZW, Deflate; predictors 2 and 3; either byte order; BigTIFF; either planar
/// configuration. Whatever the file says of itself is checked against `limits` and against the file's own length before
/// anything is decoded or allocated for it.
/// Everything else, and a damaged or cut-off file, gives a sentence with the file's name. O(pixels x channels).
Result<Intensities> read_tiff(std::span<const std::byte> bytes, std::string_view name,
                              const TiffSelection& selection = {}, const TiffLimits& limits = {});

/// A file that is opened once, for those who look at several of its pages: opening costs O(pages), a page only itself.
/// Borrows the bytes.
class TiffReader {
 public:
  static Result<TiffReader> open(std::span<const std::byte> bytes, std::string_view name);
  TiffReader(TiffReader&&) noexcept;
  TiffReader& operator=(TiffReader&&) noexcept;
  TiffReader(const TiffReader&) = delete;
  TiffReader& operator=(const TiffReader&) = delete;
  ~TiffReader();
  [[nodiscard]] int pages() const;
  [[nodiscard]] const std::string& note() const;  ///< as in TiffInfo
  [[nodiscard]] TiffPage page(int number) const;  ///< one of `pages()`, from 0
  Result<Intensities> read(const TiffSelection& selection = {}, const TiffLimits& limits = {});
  Result<LabelImage> read_labels(int page = 0, const TiffLimits& limits = {});

 private:
  struct Parts;
  explicit TiffReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Reads one page as a label image, exactly: the values (of channel 0) must be whole numbers from 0 to 2^31 - 1.
Result<LabelImage> read_label_tiff(std::span<const std::byte> bytes, std::string_view name, int page = 0,
                                   const TiffLimits& limits = {});

enum class LabelDepth : std::uint8_t { u16 = 16, u32 = 32 };

/// What a written file says besides its pixels.
struct TiffWriteOptions {
  std::optional<double> pixel_size_um = {};    ///< stored as ImageJ does it: pixels per micrometre and `unit=um`
  std::optional<double> pixel_height_um = {};  ///< where pixels are not square
};

/// Writes a label image as unsigned integers (as the lecture does: uint32). Labels must not be negative, and must fit.
/// All writers: one page, one channel, Deflate without predictor (ImageJ misreads predictors), strips of about 64 KB,
/// BigTIFF when 4 GB would not do; an image without pixels is refused. O(pixels).
Result<std::vector<std::byte>> encode_label_tiff(LabelView labels, LabelDepth depth = LabelDepth::u32,
                                                 const TiffWriteOptions& options = {});
/// Writes a mask as uint8, 255 where it is set (any non-zero pixel) and 0 elsewhere.
Result<std::vector<std::byte>> encode_mask_tiff(MaskView mask, const TiffWriteOptions& options = {});
/// Writes intensities or distances as float32.
Result<std::vector<std::byte>> encode_float_tiff(FloatView image, const TiffWriteOptions& options = {});
/// Writes intensities as uint8, uint16, uint32 or float32, exactly: for an integer type every value must be one of its
/// whole numbers. Other types are refused.
Result<std::vector<std::byte>> encode_intensity_tiff(FloatView image, PixelType type,
                                                     const TiffWriteOptions& options = {});

}  // namespace floodlight

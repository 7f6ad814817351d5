// From a TIFF's bytes to one page of numbers.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include <tiffio.h>

#include "core/base/words.h"
#include "core/files/tiff.h"
#include "core/files/tiff_file.h"

namespace floodlight {
namespace {

using tiff_detail::Pieces;
using tiff_detail::Stack;
using tiff_detail::TiffFile;

// --- Samples to doubles. A double holds every sample up to 53 bits exactly, so one path serves all types.

// Rounding a 64-bit integer first to double and then to float32 could round twice. Gathering the lowest 11 bits into
// one sticky bit makes the first step exact and leaves the second one right.
double to_double(std::uint64_t value) {
  constexpr std::uint64_t low = 0x7FF;
  const bool fits = value >> 53 == 0;
  return static_cast<double>(fits || (value & low) == 0 ? value : (value & ~low) | (low + 1));
}
double to_double(std::int64_t value) {
  const auto magnitude = static_cast<std::uint64_t>(value);
  return value < 0 ? -to_double(~magnitude + 1) : to_double(magnitude);
}
template <typename T>
double to_double(T value) {
  return static_cast<double>(value);
}

/// A float16 as it lies in memory.
struct Half {
  std::uint16_t bits;
};
double to_double(Half half) {
  const int exponent = half.bits >> 10 & 0x1F;
  const double fraction = half.bits & 0x3FF;
  const double sign = (half.bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0x1F) return fraction == 0 ? sign * HUGE_VAL : std::numeric_limits<double>::quiet_NaN();
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

template <typename T>
void load_samples(const std::byte* from, std::size_t stride, std::span<double> to) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    T value;
    std::memcpy(&value, from + i * stride * sizeof(T), sizeof(T));
    to[i] = to_double(value);
  }
}

// Values of less than 8 or between 8 and 16 bits lie in a row without gaps, highest bit first.
void load_packed(const std::byte* row, std::size_t first_bit, std::size_t stride_bits, int bits, std::span<double> to) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    unsigned value = 0;
    for (std::size_t bit = first_bit + i * stride_bits, end = bit + static_cast<std::size_t>(bits); bit < end; ++bit) {
      value = value << 1 | (std::to_integer<unsigned>(row[bit / 8]) >> (7 - bit % 8) & 1);
    }
    to[i] = value;
  }
}

/// How the samples of one row (of the page, or of a tile) lie in memory, in this machine's byte order.
struct RowLayout {
  PixelType type;
  int bits;
  int samples;  ///< per pixel in the row: 1 when planes are stored separately
};

void load_row(const std::byte* row, const RowLayout& layout, int sample, std::span<double> to) {
  const auto stride = static_cast<std::size_t>(layout.samples);
  const auto bits = static_cast<std::size_t>(layout.bits);
  const auto first = static_cast<std::size_t>(sample);
  if (bits % 8 != 0) return load_packed(row, first * bits, stride * bits, layout.bits, to);
  const std::byte* const from = row + first * bits / 8;
  switch (layout.type) {
    case PixelType::u8:
      return load_samples<std::uint8_t>(from, stride, to);
    case PixelType::u16:
      return load_samples<std::uint16_t>(from, stride, to);
    case PixelType::u32:
      return load_samples<std::uint32_t>(from, stride, to);
    case PixelType::u64:
      return load_samples<std::uint64_t>(from, stride, to);
    case PixelType::i8:
      return load_samples<std::int8_t>(from, stride, to);
    case PixelType::i16:
      return load_samples<std::int16_t>(from, stride, to);
    case PixelType::i32:
      return load_samples<std::int32_t>(from, stride, to);
    case PixelType::i64:
      return load_samples<std::int64_t>(from, stride, to);
    case PixelType::f32:
      return load_samples<float>(from, stride, to);
    case PixelType::f64:
      return load_samples<double>(from, stride, to);
    case PixelType::f16:
      return load_samples<Half>(from, stride, to);
  }
}

// --- Where decoded values go

/// Takes runs of values of the wanted channels; for each pixel the channels come in their order.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;
  virtual void take(int slot, int row, int col, std::span<const double> values) = 0;
};

struct Extremes {
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  void include(double value) {
    min = std::min(min, value);
    max = std::max(max, value);
  }
  void write_to(Intensities& result) const {
    result.min = min <= max ? min : 0;
    result.max = min <= max ? max : 0;
  }
};

class ChannelSink final : public Sink {
 public:
  ChannelSink(Intensities& result, int rows, int cols) : result_(result) { result.pixels = Image<float>(rows, cols); }
  void take(int /*slot*/, int row, int col, std::span<const double> values) override {
    float* const to = result_.pixels.view().row(row) + col;
    const double saturation = result_.type_maximum > 0 ? result_.type_maximum : std::numeric_limits<double>::infinity();
    const bool is_float = is_floating_point(result_.type);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double value = values[i];
      const auto stored = static_cast<float>(value);
      to[i] = stored;
      if (!std::isfinite(stored)) {
        ++result_.nonfinite;
        result_.rounded |= std::isfinite(value);
        continue;
      }
      extremes_.include(value);
      result_.rounded |= static_cast<double>(stored) != value;
      result_.saturated += !is_float && value >= saturation;
    }
  }
  void finish() { extremes_.write_to(result_); }

 private:
  Intensities& result_;
  Extremes extremes_;
};

class LuminanceSink final : public Sink {
 public:
  LuminanceSink(Intensities& result, int rows, int cols) : result_(result), sum_(rows, cols), saturated_(rows, cols) {}
  void take(int slot, int row, int col, std::span<const double> values) override {
    constexpr std::array weights = {0.2125, 0.7154, 0.0721};
    const double weight = weights[static_cast<std::size_t>(slot)];
    double* const sum = sum_.view().row(row) + col;
    std::uint8_t* const saturated = saturated_.view().row(row) + col;
    const bool can_saturate = result_.type_maximum > 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum[i] += weight * values[i];
      saturated[i] |= static_cast<std::uint8_t>(can_saturate && values[i] >= result_.type_maximum);
    }
  }
  void finish() {
    result_.pixels = Image<float>(sum_.rows(), sum_.cols());
    Extremes extremes;
    const std::span<float> pixels = result_.pixels.pixels();
    const std::span<const double> sums = std::as_const(sum_).pixels();
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = static_cast<float>(sums[i]);
      if (std::isfinite(pixels[i])) {
        extremes.include(sums[i]);
      } else {
        ++result_.nonfinite;
      }
    }
    result_.saturated = std::ranges::count(saturated_.pixels(), std::uint8_t{1});
    extremes.write_to(result_);
  }

 private:
  Intensities& result_;
  Image<double> sum_;
  Mask saturated_;
};

class LabelSink final : public Sink {
 public:
  LabelSink(int rows, int cols) : labels(rows, cols) {}
  void take(int /*slot*/, int row, int col, std::span<const double> values) override {
    Label* const to = labels.view().row(row) + col;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double value = values[i];
      const bool is_label = value >= 0 && value <= std::numeric_limits<Label>::max() && value == std::floor(value);
      if (is_label) {
        to[i] = static_cast<Label>(value);
      } else if (all_labels) {
        all_labels = false;
        first_bad = {.row = row, .col = col + static_cast<int>(i)};
      }
    }
  }
  LabelImage labels;
  bool all_labels = true;
  Pixel first_bad;
};

// --- Decoding

class Decoder {
 public:
  Decoder(TiffFile& file, int page, const TiffPage& description, const Pieces& pieces)
      : file_(file),
        handle_(file.handle()),
        what_(file.subject(page)),
        page_(page),
        description_(description),
        pieces_(pieces) {}

  /// Feeds the channels [first, first + count) to the sink; an error is a whole sentence.
  Result<void> run(int first, int count, Sink& sink) {
    layout_ = {
        .type = description_.type, .bits = description_.bits, .samples = pieces_.planar ? 1 : description_.samples};
    first_ = first;
    count_ = count;
    values_.resize(static_cast<std::size_t>(description_.cols));
    if (file_.stack().pages > 1) return run_stack(sink);
    return pieces_.tiled ? run_tiles(sink) : run_strips(sink);
  }

 private:
  std::uint64_t row_bytes(int pixels) const {
    const auto bits = static_cast<std::uint64_t>(layout_.bits) * static_cast<std::uint64_t>(layout_.samples);
    return (static_cast<std::uint64_t>(pixels) * bits + 7) / 8;
  }
  /// Planes are decoded one after the other when they are stored so, and all at once otherwise.
  int passes() const { return pieces_.planar ? count_ : 1; }
  std::uint16_t plane(int pass) const { return static_cast<std::uint16_t>(pieces_.planar ? first_ + pass : 0); }

  void deliver(const std::byte* data, int pass, int row, int col, int pixels, Sink& sink) {
    const std::span<double> values(values_.data(), static_cast<std::size_t>(pixels));
    if (pieces_.planar) {
      load_row(data, layout_, 0, values);
      sink.take(pass, row, col, values);
      return;
    }
    for (int slot = 0; slot < count_; ++slot) {
      load_row(data, layout_, first_ + slot, values);
      sink.take(slot, row, col, values);
    }
  }

  std::unexpected<Error> damaged(int rows_read) const {
    return fail(what_ + " is damaged: only the first " + std::to_string(rows_read) + " of its " +
                std::to_string(description_.rows) + " rows can be decoded; export it again.");
  }
  std::unexpected<Error> inconsistent() const {
    return fail(what_ + " is damaged: the size of its rows does not follow from its width; export it again.");
  }

  /// Why a strip or tile could not be read whose first row is `first_row`.
  std::unexpected<Error> failure(std::uint32_t piece, int first_row, int row) const {
    const std::uint64_t size = file_.bytes().size();
    const std::uint64_t offset = TIFFGetStrileOffset(handle_, piece);
    const std::uint64_t length = TIFFGetStrileByteCount(handle_, piece);
    if (offset < size && length <= size - offset) return damaged(row);
    std::uint64_t rows = static_cast<std::uint64_t>(first_row);
    if (pieces_.compression == COMPRESSION_NONE && !pieces_.tiled && offset < size) {
      rows += (size - offset) / row_bytes(description_.cols);
    }
    return fail(tiff_detail::cut_off_sentence(what_, std::min(rows, static_cast<std::uint64_t>(description_.rows)),
                                              description_.rows));
  }

  Result<void> run_strips(Sink& sink) {
    const std::uint64_t bytes = row_bytes(description_.cols);
    if (TIFFScanlineSize64(handle_) != bytes) return inconsistent();
    std::vector<std::byte> buffer(static_cast<std::size_t>(bytes));
    const auto rows_per_strip = static_cast<std::uint32_t>(pieces_.rows);
    for (int pass = 0; pass < passes(); ++pass) {
      for (int row = 0; row < description_.rows; ++row) {
        const auto at = static_cast<std::uint32_t>(row);
        if (TIFFReadScanline(handle_, buffer.data(), at, plane(pass)) != 1) {
          const std::uint32_t first_row = at - at % rows_per_strip;
          return failure(TIFFComputeStrip(handle_, at, plane(pass)), static_cast<int>(first_row), row);
        }
        deliver(buffer.data(), pass, row, 0, description_.cols, sink);
      }
    }
    return {};
  }

  Result<void> run_tiles(Sink& sink) {
    const std::uint64_t tile_row = pieces_.row_bytes;
    if (TIFFTileRowSize64(handle_) != tile_row) return inconsistent();
    const int tile_cols = pieces_.cols;
    const int tile_rows = pieces_.rows;
    std::vector<std::byte> buffer(static_cast<std::size_t>(tile_row) * static_cast<std::size_t>(tile_rows));
    for (int pass = 0; pass < passes(); ++pass) {
      for (int top = 0; top < description_.rows; top += tile_rows) {
        for (int left = 0; left < description_.cols; left += tile_cols) {
          const std::uint32_t tile = TIFFComputeTile(handle_, static_cast<std::uint32_t>(left),
                                                     static_cast<std::uint32_t>(top), 0, plane(pass));
          if (TIFFReadEncodedTile(handle_, tile, buffer.data(), static_cast<tmsize_t>(buffer.size())) < 0) {
            return failure(tile, top, top);
          }
          const int pixels = std::min(tile_cols, description_.cols - left);
          const int bottom = std::min(top + tile_rows, description_.rows);
          for (int row = top; row < bottom; ++row) {
            deliver(buffer.data() + static_cast<std::size_t>(row - top) * tile_row, pass, row, left, pixels, sink);
          }
        }
      }
    }
    return {};
  }

  /// A page that libtiff does not know of, because one directory stands for all pages: uncompressed rows.
  Result<void> run_stack(Sink& sink) {
    const Stack& stack = file_.stack();
    const std::uint64_t bytes = row_bytes(description_.cols);
    const std::uint64_t start = stack.offset + static_cast<std::uint64_t>(page_) * stack.page_bytes;
    const std::uint64_t available = start < file_.bytes().size() ? file_.bytes().size() - start : 0;
    if (available / bytes < static_cast<std::uint64_t>(description_.rows)) {
      return fail(tiff_detail::cut_off_sentence(what_, available / bytes, description_.rows));
    }
    std::vector<std::byte> buffer(static_cast<std::size_t>(bytes));
    const auto sample_bytes = static_cast<std::size_t>(layout_.bits / 8);
    const bool swap = layout_.bits % 8 == 0 && file_.big_endian() == (std::endian::native == std::endian::little);
    for (int row = 0; row < description_.rows; ++row) {
      std::memcpy(buffer.data(), file_.bytes().data() + start + static_cast<std::uint64_t>(row) * bytes, buffer.size());
      for (std::size_t i = 0; swap && i < buffer.size(); i += sample_bytes) {
        std::reverse(buffer.data() + i, buffer.data() + i + sample_bytes);
      }
      deliver(buffer.data(), 0, row, 0, description_.cols, sink);
    }
    return {};
  }

  TiffFile& file_;
  tiff* handle_;
  std::string what_;
  int page_;
  const TiffPage& description_;
  const Pieces& pieces_;
  RowLayout layout_{};
  int first_ = 0;
  int count_ = 1;
  std::vector<double> values_;
};

/// An open file at a page that may be decoded.
struct OpenPage {
  TiffFile& file;
  TiffPage description;
  Pieces pieces;
};

Result<OpenPage> open_page(TiffFile& file, std::string_view name, int page, const TiffLimits& limits) {
  const int pages = file.pages();
  if (page < 0 || page >= pages) {
    const std::string has = pages == 1 ? "one page, number 0"
                                       : std::to_string(pages) + " pages, numbered 0 to " + std::to_string(pages - 1);
    return fail(std::string(name) + " has " + has + "; there is no page " + std::to_string(page) + ".");
  }
  OpenPage result{.file = file, .description = file.describe(page), .pieces = {}};
  const TiffPage& found = result.description;
  if (found.cols > limits.max_side || found.rows > limits.max_side) {
    const double bits = static_cast<double>(found.bits) * found.channels;
    return fail(file.subject(page) + " says it is " + std::to_string(found.cols) + " x " + std::to_string(found.rows) +
                " pixels, " + tiff_detail::human_size(static_cast<double>(found.cols) * found.rows * bits / 8) +
                "; the limit here is " + std::to_string(limits.max_side) + " x " + std::to_string(limits.max_side) +
                ".");
  }
  if (!found.problem.empty()) return fail(found.problem);
  auto pieces = file.prepare(page, found, limits);
  if (!pieces) return std::unexpected(std::move(pieces.error()));
  result.pieces = *pieces;
  return result;
}

}  // namespace

struct TiffReader::Parts {
  std::string name;
  std::unique_ptr<TiffFile> file;
};

TiffReader::TiffReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
TiffReader::TiffReader(TiffReader&&) noexcept = default;
TiffReader& TiffReader::operator=(TiffReader&&) noexcept = default;
TiffReader::~TiffReader() = default;

Result<TiffReader> TiffReader::open(std::span<const std::byte> bytes, std::string_view name) {
  auto file = TiffFile::open(bytes, name);
  if (!file) return std::unexpected(std::move(file.error()));
  return TiffReader(std::make_unique<Parts>(std::string(name), std::move(*file)));
}

int TiffReader::pages() const { return parts_->file->pages(); }
const std::string& TiffReader::note() const { return parts_->file->note(); }
TiffPage TiffReader::page(int number) const { return parts_->file->describe(number); }

Result<Intensities> TiffReader::read(const TiffSelection& selection, const TiffLimits& limits) {
  auto opened = open_page(*parts_->file, parts_->name, selection.page, limits);
  if (!opened) return std::unexpected(std::move(opened.error()));
  const TiffPage& page = opened->description;
  const bool by_default = selection.channel == TiffSelection::default_channel;
  if (!by_default && (selection.channel < 0 || selection.channel >= page.channels)) {
    const std::string has = page.channels == 1 ? "one channel, number 0"
                                               : std::to_string(page.channels) + " channels, numbered 0 to " +
                                                     std::to_string(page.channels - 1);
    return fail(opened->file.subject(selection.page) + " has " + has + "; there is no channel " +
                std::to_string(selection.channel) + ".");
  }
  Intensities result;
  result.type = page.type;
  result.page = selection.page;
  result.pages = opened->file.pages();
  result.channels = page.channels;
  result.luminance = by_default && page.rgb;
  result.channel = result.luminance ? TiffSelection::default_channel : std::max(selection.channel, 0);
  result.type_maximum = page.type_maximum;
  result.pixel_size_um = page.pixel_size_um;
  result.pixel_height_um = page.pixel_height_um;
  Decoder decoder(opened->file, selection.page, page, opened->pieces);
  const auto decode = [&](auto sink, int first, int count) -> Result<Intensities> {
    if (auto done = decoder.run(first, count, *sink); !done) return std::unexpected(std::move(done.error()));
    sink->finish();
    return std::move(result);
  };
  if (result.luminance) return decode(std::make_unique<LuminanceSink>(result, page.rows, page.cols), 0, 3);
  return decode(std::make_unique<ChannelSink>(result, page.rows, page.cols), result.channel, 1);
}

Result<LabelImage> TiffReader::read_labels(int page, const TiffLimits& limits) {
  auto opened = open_page(*parts_->file, parts_->name, page, limits);
  if (!opened) return std::unexpected(std::move(opened.error()));
  LabelSink sink(opened->description.rows, opened->description.cols);
  Decoder decoder(opened->file, page, opened->description, opened->pieces);
  if (auto done = decoder.run(0, 1, sink); !done) return std::unexpected(std::move(done.error()));
  if (!sink.all_labels) {
    return fail(opened->file.subject(page) + " is no label image: the pixel at " + row_and_column(sink.first_bad) +
                " is no whole number from 0 to 2147483647.");
  }
  return std::move(sink.labels);
}

Result<Intensities> read_tiff(std::span<const std::byte> bytes, std::string_view name, const TiffSelection& selection,
                              const TiffLimits& limits) {
  auto reader = TiffReader::open(bytes, name);
  return reader ? reader->read(selection, limits) : std::unexpected(std::move(reader.error()));
}

Result<LabelImage> read_label_tiff(std::span<const std::byte> bytes, std::string_view name, int page,
                                   const TiffLimits& limits) {
  auto reader = TiffReader::open(bytes, name);
  return reader ? reader->read_labels(page, limits) : std::unexpected(std::move(reader.error()));
}

}  // namespace floodlight

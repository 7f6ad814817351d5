// Tells a TIFF from the other files people drop on a page, by content.
#include "core/files/tiff_sniff.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace floodlight {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view magic;
  std::string_view what;
};

// Longer signatures stand before shorter ones that they contain.
constexpr auto signatures = std::to_array<Signature>({
    {0, "\xFF\xD8\xFF"sv, "a JPEG"},
    {0, "\x89PNG\r\n\x1A\n"sv, "a PNG"},
    {0, "GIF87a"sv, "a GIF"},
    {0, "GIF89a"sv, "a GIF"},
    {8, "WEBP"sv, "a WebP"},
    {8, "AVI "sv, "an AVI film"},
    {4, "ftypheic"sv, "a HEIC photo"},
    {4, "ftypmif1"sv, "a HEIF photo"},
    {4, "ftypavif"sv, "an AVIF picture"},
    {4, "ftyp"sv, "an MP4 film"},
    {4, "jP  \r\n\x87\n"sv, "a JPEG 2000 (as old .nd2 files are)"},
    {0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000"},
    {0, "PK\x03\x04"sv, "a ZIP archive (or an Office document, or an .npz)"},
    {0, "PK\x05\x06"sv, "an empty ZIP archive"},
    {0, "%PDF"sv, "a PDF"},
    {0, "%!PS"sv, "a PostScript file"},
    {0, "\x89HDF\r\n\x1A\n"sv, "an HDF5 file (as .h5, .ims and .mat files are)"},
    {0, "ZISRAWFILE"sv, "a Zeiss CZI file"},
    {0, "\xDA\xCE\xBE\x0A"sv, "a Nikon ND2 file"},
    {0, "\x70\x00\x00\x00"sv, "a Leica LIF file"},
    {0, "\xD0\xCF\x11\xE0"sv, "a file of Microsoft's compound format (as .oib, .zvi and old Office files are)"},
    {128, "DICM"sv, "a DICOM file"},
    {0, "\x93NUMPY"sv, "a numpy array (.npy)"},
    {0, "SIMPLE  ="sv, "a FITS file"},
    {0, "MATLAB 5.0"sv, "a MATLAB file"},
    {0, "OLYMPUSRAWFORMAT"sv, "an Olympus OIR file"},
    {0, "\x00\x05\x16\x07"sv, "what a Mac keeps beside its files (AppleDouble), not the file itself"},
    {0, "version https://git-lfs"sv, "a Git LFS pointer, not the file itself: git lfs pull fetches that"},
    {0, "ics_version"sv, "an ICS file"},
    {208, "MAP "sv, "an MRC file"},
    {96, "\xA0\xC0"sv, "a DeltaVision file"},
    {96, "\xC0\xA0"sv, "a DeltaVision file"},
    {0, "\x1F\x8B"sv, "a gzip archive"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    {0, "Rar!"sv, "a RAR archive"},
    {0, "\x28\xB5\x2F\xFD"sv, "a Zstandard archive"},
    {0, "8BPS"sv, "a Photoshop file"},
    {0, "gimp xcf"sv, "a GIMP file"},
    {0, "\x00\x00\x01\x00"sv, "an icon"},
    {0,
     "\x7F"
     "ELF"sv,
     "a program"},
    {0,
     "\x00"
     "asm"sv,
     "a WebAssembly module"},
    {0, "EP*\x00"sv, "a Microsoft Document Imaging file"},
    {0, "BM"sv, "a BMP"},
});

constexpr auto tiff_signatures =
    std::to_array<std::string_view>({"II*\0"sv, "MM\0*"sv, "II+\0\x08\0\0\0"sv, "MM\0+\0\x08\0\0"sv});

bool is_text(std::string_view head) {
  return std::ranges::all_of(head, [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code >= 0x20 || c == '\n' || c == '\r' || c == '\t';
  });
}

std::string_view name_of_text(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "an empty text";
  head.remove_prefix(first);
  if (head.starts_with("{") || head.starts_with("[")) return "a JSON text";
  if (head.find("<svg") != std::string_view::npos) return "an SVG drawing";
  if (head.starts_with("<!") || head.starts_with("<html")) return "a web page";
  if (head.starts_with("<")) return "an XML text";
  const bool netpbm =
      head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && (head[2] == '\n' || head[2] == ' ');
  if (netpbm) return "a Netpbm picture";
  return "a text file";
}

/// The little-endian float32 at the place of an SPE file's version.
float spe_version(std::span<const std::byte> bytes) {
  std::uint32_t bits = 0;
  for (std::size_t i = 4; i-- > 0;) bits = bits << 8 | std::to_integer<std::uint32_t>(bytes[1992 + i]);
  return std::bit_cast<float>(bits);
}

}  // namespace

std::optional<std::string> why_not_tiff(std::span<const std::byte> bytes, std::string_view name) {
  const std::string file(name);
  if (bytes.empty()) return file + " is empty: 0 bytes; Floodlight reads TIFF.";
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 512));
  if (std::ranges::any_of(tiff_signatures, [&](std::string_view magic) { return head.starts_with(magic); })) return {};
  const auto begins = [&](const Signature& s) {
    return head.size() >= s.offset && head.substr(s.offset).starts_with(s.magic);
  };
  const auto found = std::ranges::find_if(signatures, begins);
  if (found != signatures.end()) return file + " is " + std::string(found->what) + "; Floodlight reads TIFF.";
  if (std::ranges::all_of(head, [](char c) { return c == '\0'; })) {
    return file + " holds nothing but zeros, as a broken copy does; Floodlight reads TIFF.";
  }
  if (is_text(head)) return file + " is " + std::string(name_of_text(head)) + "; Floodlight reads TIFF.";
  // Princeton's SPE has no signature: the place of its version, and 4100 bytes of header before the pixels.
  if (bytes.size() > 4100 && spe_version(bytes) >= 1 && spe_version(bytes) < 4) {
    return file + " is a Princeton SPE file; Floodlight reads TIFF.";
  }
  return file + " does not begin as a TIFF does, with II or MM and 42 or 43; Floodlight reads TIFF.";
}

}  // namespace floodlight

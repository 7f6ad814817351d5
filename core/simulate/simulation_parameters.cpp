// The simulator's parameter table, and what is rendered from it.
#include "core/simulate/simulation_parameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <type_traits>

#include "core/pipeline/parameter_checks.h"

namespace floodlight {
namespace {

using P = SimulationParameters;

constexpr std::string_view um = "\xC2\xB5m";

constexpr Choice binnings[] = {{"1", "1 x 1", ""}, {"2", "2 x 2", ""}, {"4", "4 x 4", ""}};
constexpr Choice media[] = {{"air", "Air (1.0)", ""}, {"water", "Water (1.33)", ""}, {"oil", "Oil (1.515)", ""}};
constexpr Choice camera_bits[] = {
    {"8", "8 bits", ""}, {"10", "10 bits", ""}, {"12", "12 bits", ""}, {"14", "14 bits", ""}, {"16", "16 bits", ""}};
constexpr Choice file_types[] = {
    {"uint8", "uint8", ""}, {"uint16", "uint16", ""}, {"uint32", "uint32", ""}, {"float32", "float32", ""}};
constexpr Choice eight_bit_rules[] = {{"low_bits", "Keep the low 8 bits", ""},
                                      {"divide", "Divide by 2^(bits - 8)", ""},
                                      {"stretch", "Stretch darkest to brightest", ""}};

template <auto member>
double get(const P& p) {
  return static_cast<double>(p.*member);
}
template <auto member>
void set(P& p, double value) {
  using Member = std::remove_reference_t<decltype(p.*member)>;
  if constexpr (std::is_same_v<Member, bool>) {
    p.*member = value != 0;
  } else if constexpr (std::is_enum_v<Member>) {
    p.*member = static_cast<Member>(static_cast<int>(value));
  } else {
    p.*member = static_cast<Member>(value);
  }
}

double get_binning(const P& p) { return p.binning == 4 ? 2 : p.binning - 1; }
void set_binning(P& p, double choice) { p.binning = 1 << static_cast<int>(choice); }
double get_bits(const P& p) { return (p.bits - 8) / 2.0; }
void set_bits(P& p, double choice) { p.bits = 8 + 2 * static_cast<int>(choice); }

using Matters = bool (*)(const P&);
bool always(const P& /*unused*/) { return true; }
template <auto member>
bool if_some(const P& p) {
  return p.*member > 0;
}
bool growth_from_na(const P& p) { return std::isnan(p.blur_growth); }
bool is_8_bit(const P& p) { return p.stored_as == StoredAs::u8; }

struct Range {
  double minimum;
  double maximum;
  double step;
  std::string_view unit;
};

template <auto member>
constexpr SimulationParameter number(std::string_view key, std::string_view label, Range range, std::string_view help,
                                     Matters matters = always) {
  using Member = std::remove_reference_t<decltype(P{}.*member)>;
  return {.key = key,
          .label = label,
          .kind = std::is_same_v<Member, int> ? ParameterKind::integer : ParameterKind::real,
          .minimum = range.minimum,
          .maximum = range.maximum,
          .step = range.step,
          .unit = range.unit,
          .help = help,
          .get = get<member>,
          .set = set<member>,
          .matters = matters};
}

template <auto member>
constexpr SimulationParameter toggle(std::string_view key, std::string_view label, std::string_view help) {
  return {.key = key,
          .label = label,
          .kind = ParameterKind::toggle,
          .help = help,
          .get = get<member>,
          .set = set<member>,
          .matters = always};
}

constexpr SimulationParameter choice(std::string_view key, std::string_view label, std::span<const Choice> choices,
                                     std::string_view help, double (*get)(const P&), void (*set)(P&, double),
                                     Matters matters = always) {
  return {.key = key,
          .label = label,
          .kind = ParameterKind::choice,
          .maximum = static_cast<double>(choices.size() - 1),
          .help = help,
          .choices = choices,
          .get = get,
          .set = set,
          .matters = matters};
}

constexpr SimulationParameter or_none(SimulationParameter parameter) {
  parameter.optional = true;
  return parameter;
}

constexpr auto table = std::to_array<SimulationParameter>({
    number<&P::rows>("sampling.rows", "Rows", {16, 2048, 1, "px"}, "Height of the picture."),
    number<&P::cols>("sampling.columns", "Columns", {16, 2048, 1, "px"}, "Width of the picture."),
    number<&P::camera_pixel_um>("sampling.camera_pixel", "Camera pixel", {3.45, 16, 0.05, um},
                                "Side of a pixel on the camera's chip."),
    number<&P::magnification>("sampling.magnification", "Magnification", {10, 63, 1, "x"},
                              "A higher one shows fewer nuclei, larger: all sizes in pixels change."),
    choice("sampling.binning", "Binning", binnings, "Pixels of the chip that are read as one.", get_binning,
           set_binning),

    toggle<&P::depth_blur>("optics.depth_blur", "Blur", "Off: every point of the specimen is a sharp point."),
    number<&P::numerical_aperture>("optics.numerical_aperture", "Numerical aperture", {0.3, 1.4, 0.05, ""},
                                   "The width of the cone of light that the objective takes in. Higher is sharper."),
    choice("optics.medium", "Medium", media, "What lies between objective and specimen. The NA stays below its index.",
           get<&P::medium>, set<&P::medium>, growth_from_na),
    number<&P::wavelength_nm>("optics.wavelength", "Emission wavelength", {420, 520, 5, "nm"},
                              "The colour of the light; DAPI shines at 460 nm."),
    number<&P::focus_offset_um>("optics.focus_offset", "Focus offset", {-15, 15, 0.5, um},
                                "How far the focus lies from the nuclei: edges and grain blur."),
    or_none(number<&P::blur_growth>("optics.blur_growth", "Blur growth", {0.3, 1.5, 0.05, "\xC2\xB5m/\xC2\xB5m"},
                                    "How fast things blur away from the focus. None: from the NA and the medium.")),
    number<&P::thickness_um>("optics.thickness", "Nucleus thickness", {3, 10, 0.5, um},
                             "Nuclei are domes: their rims are dim, so the cutoff moves the outline."),
    number<&P::haze_percent>("optics.haze", "Haze", {0, 60, 1, "%"},
                             "Part of the light that comes from out of focus and spreads over the field."),
    number<&P::haze_sigma_um>("optics.haze_sigma", "Haze width", {5, 50, 1, um},
                              "The widest of the three bells over which haze spreads.", if_some<&P::haze_percent>),

    number<&P::falloff_percent>("illumination.falloff", "Fall-off to the corners", {0, 70, 1, "%"},
                                "How much dimmer the lamp is in the corners. It dims light, never the offset."),
    number<&P::centre_x_percent>("illumination.centre_x", "Centre, to the right", {-30, 30, 1, "% of width"},
                                 "Where the lamp is brightest.", if_some<&P::falloff_percent>),
    number<&P::centre_y_percent>("illumination.centre_y", "Centre, down", {-30, 30, 1, "% of width"},
                                 "Where the lamp is brightest.", if_some<&P::falloff_percent>),

    number<&P::density_per_mm2>("specimen.density", "Density", {0, 4000, 50, "nuclei/mm\xC2\xB2"},
                                "How many nuclei there are. Above about 2000 they run out of room."),
    number<&P::diameter_um>("specimen.diameter", "Diameter in G1", {6, 22, 0.5, um},
                            "Of a nucleus that has not copied its DNA; the others are larger."),
    number<&P::diameter_cv_percent>("specimen.diameter_cv", "Spread of diameters", {0, 30, 1, "%"},
                                    "Standard deviation / mean."),
    number<&P::aspect_ratio>("specimen.aspect_ratio", "Length / width", {1, 2, 0.05, ""}, "1 is round."),
    number<&P::aspect_spread>("specimen.aspect_spread", "Its spread", {0, 0.5, 0.05, ""}, "Standard deviation."),
    number<&P::irregularity_percent>("specimen.irregularity", "Irregular outline", {0, 15, 0.5, "% of radius"},
                                     "Dents and lobes: some nuclei get two summits in the distance transform."),
    number<&P::g1_percent>("specimen.g1", "Cells in G1", {0, 100, 1, "%"}, "One set of DNA."),
    number<&P::s_percent>("specimen.s", "Cells in S", {0, 100, 1, "%"}, "Copying their DNA."),
    number<&P::g2_percent>("specimen.g2", "Cells in G2", {0, 100, 1, "%"}, "Two sets: twice the light, larger."),
    number<&P::mitotic_percent>("specimen.mitotic", "Cells in mitosis", {0, 100, 1, "%"},
                                "Small, bright and not round: half of them fool the recipe."),
    number<&P::staining_cv_percent>("specimen.staining_cv", "Staining spread", {0, 50, 1, "%"},
                                    "How differently nuclei take up the dye."),
    number<&P::chromatin_contrast_percent>("specimen.chromatin_contrast", "Chromatin contrast", {0, 60, 1, "%"},
                                           "Grain within nuclei: standard deviation / mean."),
    number<&P::chromatin_grain_um>("specimen.chromatin_grain", "Chromatin grain", {0.3, 3, 0.1, um},
                                   "Size of the grains.", if_some<&P::chromatin_contrast_percent>),
    number<&P::nucleoli>("specimen.nucleoli", "Nucleoli", {0, 6, 1, "per nucleus"},
                         "Dark spots; deep ones become holes in the mask."),
    number<&P::nucleolus_diameter_um>("specimen.nucleolus_diameter", "Their diameter", {0.8, 4, 0.1, um},
                                      "Of a typical nucleolus.", if_some<&P::nucleoli>),
    number<&P::nucleolus_depth_percent>("specimen.nucleolus_depth", "Their depth", {0, 90, 5, "%"},
                                        "Part of the light that is missing there.", if_some<&P::nucleoli>),
    number<&P::mitotic_brightness>("specimen.mitotic_brightness", "Mitotic brightness", {1.5, 5, 0.1, "x"},
                                   "Packed chromosomes, against a typical nucleus.", if_some<&P::mitotic_percent>),
    number<&P::plate_width_um>("specimen.plate_width", "Width of the plate", {3, 6, 0.25, um},
                               "Of the row of chromosomes in the middle of a division.", if_some<&P::mitotic_percent>),
    number<&P::pyknotic_percent>("specimen.pyknotic", "Dead cells", {0, 10, 0.5, "%"},
                                 "Shrunk to half the diameter, three times as bright."),
    number<&P::micronuclei_percent>("specimen.micronuclei", "Cells with a micronucleus", {0, 5, 0.5, "%"},
                                    "A crumb beside the nucleus. The truth does not count it."),
    number<&P::clustered_percent>("specimen.clustered", "In clusters", {0, 90, 1, "%"},
                                  "Nuclei that touch others: one object in the mask, several nuclei in truth."),
    number<&P::overlap_percent>("specimen.overlap", "Overlap", {0, 30, 1, "% of area"},
                                "Of touching nuclei: one in three lies over the other, and their light adds up.",
                                if_some<&P::clustered_percent>),
    number<&P::background_percent>("specimen.background", "Background stain", {0, 60, 1, "% of nucleus"},
                                   "Light from where there are no nuclei."),
    number<&P::debris_per_mm2>("specimen.debris", "Debris", {0, 500, 5, "pieces/mm\xC2\xB2"},
                               "Crumbs and dust that shine. The truth does not count them."),
    number<&P::debris_size_um>("specimen.debris_size", "Debris size", {0.5, 8, 0.25, um}, "Mean diameter.",
                               if_some<&P::debris_per_mm2>),
    number<&P::debris_brightness>("specimen.debris_brightness", "Debris brightness", {0.1, 20, 0.1, "x nucleus"},
                                  "A few pieces at 10 to 20 lift Otsu's threshold above the nuclei.",
                                  if_some<&P::debris_per_mm2>),

    number<&P::photons>("light.photons", "Photons", {5, 50000, 50, "per pixel"},
                        "That a typical nucleus sends to a pixel in one exposure at reference."),
    number<&P::exposure>("light.exposure", "Exposure", {0.01, 30, 0.01, "x reference"},
                         "How long light is collected: noise at one end, saturation at the other."),
    toggle<&P::shot_noise>("light.shot_noise", "Photon noise",
                           "Light arrives in photons, at random: its variance is its mean."),

    number<&P::quantum_efficiency_percent>("camera.quantum_efficiency", "Quantum efficiency", {30, 95, 1, "%"},
                                           "Part of the photons that become electrons."),
    number<&P::gain_e_per_dn>("camera.gain", "Conversion gain", {0.1, 10, 0.1, "e-/DN"},
                              "Electrons for one step of the digital value."),
    number<&P::offset_dn>("camera.offset", "Offset", {0, 1000, 5, "DN"},
                          "The digital value of no light at all: keeps noise from being cut off at 0."),
    number<&P::read_noise_e>("camera.read_noise", "Read noise", {0, 15, 0.1, "e- rms"},
                             "Added when a pixel is read, with light or without."),
    number<&P::dark_e>("camera.dark", "Dark current x time", {0, 20, 0.1, "e-"}, "Electrons that no photon made."),
    number<&P::gain_spread_percent>("camera.gain_spread", "Spread of the pixels' gain", {0, 3, 0.1, "%"},
                                    "Pixels differ, always in the same way."),
    number<&P::hot_pixels_per_million>("camera.hot_pixels", "Hot pixels", {0, 1000, 10, "per million"},
                                       "Broken pixels that always shine, at the same places in every exposure."),
    number<&P::hot_pixel_e>("camera.hot_pixel_strength", "Their strength", {50, 80000, 50, "e-"},
                            "Electrons of a typical hot pixel.", if_some<&P::hot_pixels_per_million>),
    toggle<&P::saturation>("camera.saturation", "Saturation",
                           "Off: a well without bottom and as many bits as it takes."),
    number<&P::full_well_e>("camera.full_well", "Full well", {2000, 80000, 500, "e-"},
                            "More electrons than this do not fit into a pixel.", if_some<&P::saturation>),
    choice("camera.bits", "Camera bits", camera_bits, "The largest value is 2^bits - 1.", get_bits, set_bits,
           if_some<&P::saturation>),

    choice("file.stored_as", "Stored as", file_types, "The file's type. 12 bits in a uint16 still end at 4095.",
           get<&P::stored_as>, set<&P::stored_as>),
    choice("file.eight_bit_rule", "To 8 bits", eight_bit_rules,
           "How larger values become 8 bits. Stretching makes images incomparable.", get<&P::eight_bit_rule>,
           set<&P::eight_bit_rule>, is_8_bit),

    toggle<&P::subtract_offset>("correction.subtract_offset", "Subtract the offset", "Then no light is 0 again."),
    toggle<&P::flat_field>("correction.flat_field", "Divide by the flat field",
                           "Undoes uneven illumination; the offset must be off first, or it is divided too."),
    toggle<&P::subtract_background>("correction.subtract_background", "Subtract the background",
                                    "Takes away the level below which a tenth of the pixels lie."),
});

constexpr std::array<std::string_view, 10> main_keys = {
    "light.exposure",       "light.photons",       "specimen.density",
    "specimen.clustered",   "optics.focus_offset", "optics.haze",
    "illumination.falloff", "specimen.background", "specimen.debris_brightness",
    "camera.read_noise"};

struct Group {
  std::string_view name;
  std::string_view title;
};
constexpr auto groups = std::to_array<Group>({{"sampling", "Sampling"},
                                              {"optics", "Optics"},
                                              {"illumination", "Illumination"},
                                              {"specimen", "Specimen"},
                                              {"light", "Light"},
                                              {"camera", "Camera"},
                                              {"file", "File"},
                                              {"correction", "Corrections"}});

std::string_view name_in_group(const SimulationParameter& parameter) {
  return parameter.key.substr(parameter.key.find('.') + 1);
}

Json value_to_json(const SimulationParameter& parameter, const P& p) {
  const double value = parameter.get(p);
  if (parameter.kind == ParameterKind::toggle) return value != 0;
  if (parameter.kind == ParameterKind::choice) return current_choice(parameter, p).name;
  if (std::isnan(value)) return nullptr;
  return value;
}

std::unexpected<Error> refuse(const SimulationParameter& parameter, const std::string& value) {
  return fail(std::string(parameter.key) + " is " + value + "; it must be " + allowed(parameter) + ".");
}

Result<void> set_from_json(const SimulationParameter& parameter, P& p, const Json& json) {
  if (parameter.kind == ParameterKind::toggle && json.boolean() != nullptr) {
    parameter.set(p, *json.boolean() ? 1 : 0);
    return {};
  }
  if (parameter.kind == ParameterKind::choice && json.string() != nullptr) {
    const auto found = std::ranges::find(parameter.choices, std::string_view(*json.string()), &Choice::name);
    if (found == parameter.choices.end()) return refuse(parameter, json.text());
    parameter.set(p, static_cast<double>(found - parameter.choices.begin()));
    return {};
  }
  const bool is_number = parameter.kind == ParameterKind::real || parameter.kind == ParameterKind::integer;
  if (is_number && json.number() != nullptr) return set_checked(parameter, p, *json.number());
  if (parameter.optional && json.is_null()) return set_checked(parameter, p, no_value);
  return refuse(parameter, json.text());
}

}  // namespace

std::span<const SimulationParameter> simulation_parameters() { return table; }
std::span<const std::string_view> main_simulation_keys() { return main_keys; }

const SimulationParameter* find_simulation_parameter(std::string_view key) {
  const auto found = std::ranges::find(table, key, &SimulationParameter::key);
  return found == table.end() ? nullptr : &*found;
}

std::string_view simulation_group(const SimulationParameter& parameter) {
  return parameter.key.substr(0, parameter.key.find('.'));
}

std::string_view simulation_group_title(std::string_view group) {
  const auto found = std::ranges::find(groups, group, &Group::name);
  return found == groups.end() ? group : found->title;
}

bool operator==(const SimulationParameters& a, const SimulationParameters& b) {
  return std::ranges::all_of(table, [&](const SimulationParameter& parameter) {
    const double left = parameter.get(a);
    const double right = parameter.get(b);
    return left == right || (std::isnan(left) && std::isnan(right));
  });
}

Result<void> set_simulation_parameter(SimulationParameters& p, std::string_view key, std::string_view text) {
  const SimulationParameter* parameter = find_simulation_parameter(key);
  if (parameter == nullptr) return fail("There is no simulation parameter called " + std::string(key) + ".");
  if (parameter->kind == ParameterKind::choice) return set_from_json(*parameter, p, Json(text));
  if (parameter->kind == ParameterKind::toggle) {
    if (text != "true" && text != "false") return refuse(*parameter, std::string(text));
    parameter->set(p, text == "true" ? 1 : 0);
    return {};
  }
  if (parameter->optional && text == "none") return set_checked(*parameter, p, no_value);
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || *end != '\0' || std::isnan(value)) return refuse(*parameter, copy);
  return set_checked(*parameter, p, value);
}

Result<void> check(const SimulationParameters& p) {
  SimulationParameters copy = p;
  for (const SimulationParameter& parameter : table)
    if (auto set = set_checked(parameter, copy, parameter.get(p)); !set) return set;
  if (p.numerical_aperture >= refractive_index(p.medium) && growth_from_na(p))
    return fail("optics.numerical_aperture is " + shortest(p.numerical_aperture) +
                "; it must be below the medium's index, " + shortest(refractive_index(p.medium)) +
                ": choose water or oil.");
  return {};
}

Json simulation_to_json(const SimulationParameters& p) {
  Json::Object json;
  for (const SimulationParameter& parameter : table) {
    const std::string_view group = simulation_group(parameter);
    if (json.empty() || json.back().first != group) json.emplace_back(std::string(group), Json(Json::Object()));
    json.back().second.object()->emplace_back(std::string(name_in_group(parameter)), value_to_json(parameter, p));
  }
  return json;
}

Result<SimulationParameters> simulation_from_json(const Json& json, const SimulationParameters& base) {
  SimulationParameters p = base;
  if (json.object() == nullptr) return fail("A simulation's parameters are a JSON object, not " + json.text() + ".");
  for (const auto& [group, members] : *json.object()) {
    if (members.object() == nullptr)
      return fail(group + " must be an object of parameters, not " + members.text() + ".");
    for (const auto& [name, value] : *members.object()) {
      const SimulationParameter* parameter = find_simulation_parameter(group + "." + name);
      if (parameter == nullptr) return fail("There is no simulation parameter called " + group + "." + name + ".");
      if (auto set = set_from_json(*parameter, p, value); !set) return std::unexpected(set.error());
    }
  }
  if (auto good = check(p); !good) return std::unexpected(good.error());
  return p;
}

template std::string allowed(const SimulationParameter&);
template Result<void> set_checked(const SimulationParameter&, SimulationParameters&, double);

}  // namespace floodlight

// Draws the settings of simulated fields.
#include "core/simulate/varied_fields.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/simulate/simulate.h"

namespace floodlight {
namespace {

constexpr std::uint64_t training_stream = 0x747261696e;
constexpr std::uint64_t kept_back_stream = 0x6b657074;

/// Between two numbers, every doubling being as likely as any other.
double uniform_in_doublings(Random& random, double low, double high) {
  return low * exact_exp(random.uniform() * exact_log(high / low));
}

void draw_exposure(SimulationParameters& p, Random& random) { p.exposure = uniform_in_doublings(random, 0.03, 4); }
void draw_focus(SimulationParameters& p, Random& random) { p.focus_offset_um = random.uniform(-8, 8); }
void draw_illumination(SimulationParameters& p, Random& random) {
  p.haze_percent = random.uniform(0, 40);
  p.falloff_percent = random.uniform(0, 50);
  p.background_percent = random.uniform(0, 40);
}
void draw_magnification(SimulationParameters& p, Random& random) { p.magnification = random.uniform(15, 26); }
void draw_cells(SimulationParameters& p, Random& random) {
  p.density_per_mm2 = uniform_in_doublings(random, 150, 2200);
  p.diameter_um = random.uniform(12, 20);
  p.staining_cv_percent = random.uniform(5, 40);
  p.chromatin_contrast_percent = random.uniform(5, 40);
  p.debris_per_mm2 = random.uniform(0, 60);
}

/// Both seeds of a field, which differ from those of every other field.
SimulationSeeds draw_seeds(Random& random) {
  return {.specimen = random.bits() >> 11, .exposure = random.bits() >> 11};
}

SimulationParameters square_field() {
  SimulationParameters p;
  p.rows = p.cols = varied_field_side;
  return p;
}

}  // namespace

VariedField varied_field(const FieldVariety& variety, std::uint64_t seed, int number) {
  VariedField field{.parameters = square_field(), .seeds = {}};
  struct Part {
    bool varies;
    void (*draw)(SimulationParameters& p, Random& random);
  };
  const Part parts[] = {{variety.exposure, draw_exposure},
                        {variety.focus, draw_focus},
                        {variety.illumination, draw_illumination},
                        {variety.magnification, draw_magnification},
                        {variety.cells, draw_cells}};
  Random random(seed, training_stream, static_cast<std::uint64_t>(number));
  field.seeds = draw_seeds(random);
  // Drawn whether it varies or not: what is switched off changes nothing else.
  for (const Part& part : parts) {
    SimulationParameters unused;
    part.draw(part.varies ? field.parameters : unused, random);
  }
  return field;
}

VariedField kept_back_field(std::uint64_t seed, int number) {
  VariedField field{.parameters = square_field(), .seeds = {}};
  SimulationParameters& p = field.parameters;
  Random random(seed, kept_back_stream, static_cast<std::uint64_t>(number));
  field.seeds = draw_seeds(random);
  for (const auto draw : {draw_exposure, draw_focus, draw_illumination, draw_magnification, draw_cells})
    draw(p, random);
  p.aspect_ratio = random.uniform(1, 1.6);
  p.irregularity_percent = random.uniform(0, 9);
  p.clustered_percent = random.uniform(0, 75);
  p.overlap_percent = random.uniform(0, 15);
  p.thickness_um = random.uniform(4, 9);
  p.haze_sigma_um = random.uniform(10, 40);
  p.centre_x_percent = random.uniform(-30, 30);
  p.centre_y_percent = random.uniform(-30, 30);
  p.numerical_aperture = random.uniform(0.4, 0.95);
  p.gain_e_per_dn = uniform_in_doublings(random, 0.6, 5);
  p.offset_dn = random.uniform(50, 300);
  p.read_noise_e = random.uniform(1, 12);
  p.debris_brightness = random.uniform(0.3, 3);
  return field;
}

TruthImage simulated_truth_image(const VariedField& field, bool rim) {
  const Simulated simulated = Simulator().take(field.parameters, field.seeds);
  return truth_image(simulated.pixels, simulated.truth, rim);
}

}  // namespace floodlight

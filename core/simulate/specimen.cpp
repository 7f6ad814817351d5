// The specimen: cells are drawn one after the other, each from its own stream of random numbers.
#include "core/simulate/specimen.h"

#include <algorithm>
#include <cmath>

#include "core/base/exact_math.h"
#include "core/base/random.h"

namespace floodlight {
namespace {

constexpr std::uint64_t cell_stream = 1;
constexpr std::uint64_t place_stream = 2;
constexpr std::uint64_t debris_stream = 3;
constexpr double smallest_world_um = 1000;
constexpr double gap_um = 0.4;    // between nuclei that press each other
constexpr double margin_um = 60;  // nuclei out there still shine into the field

/// One cell: one body, two for an anaphase, more with micronuclei; around (0, 0).
struct Cell {
  std::vector<Body> bodies;
  double semi_major_um = 0;  // of the ellipse that it keeps for itself
  double semi_minor_um = 0;
  double sine = 0;
  double cosine = 1;
  double x_um = 0;
  double y_um = 0;

  [[nodiscard]] double radius_towards(double dx, double dy, double distance) const {
    if (distance <= 0) return semi_minor_um;
    const double along = (dx * cosine + dy * sine) / distance / semi_major_um;
    const double across = (dy * cosine - dx * sine) / distance / semi_minor_um;
    return 1 / std::sqrt(along * along + across * across);
  }
};

void set_outline(Body& body, double irregularity, Random& random) {
  // The energy falls with the order: lobes and dents, not a saw's teeth.
  static constexpr std::array<double, 4> share = {0.75, 0.5, 0.33, 0.25};
  for (std::size_t k = 0; k < 4; ++k) {
    body.outline_cosine[k] = irregularity * share[k] * random.normal();
    body.outline_sine[k] = irregularity * share[k] * random.normal();
  }
}

void turn(Body& body, double turns) {
  const auto [sine, cosine] = exact_sine_cosine(turns);
  body.sine = sine;
  body.cosine = cosine;
}

void add_nucleoli(const SimulationParameters& p, Body& body, Random& random) {
  const double count = random.poisson(p.nucleoli);
  for (double i = 0; i < std::min(count, 6.0); ++i) {
    const auto [s, c] = exact_sine_cosine(random.uniform());
    const double r = 0.62 * std::sqrt(random.uniform());
    const double radius = random.lognormal(p.nucleolus_diameter_um / 2, 0.3);
    body.nucleoli.push_back({.x_um = r * c * body.semi_major_um,
                             .y_um = r * s * body.semi_minor_um,
                             .radius_um = std::min(radius, 0.5 * body.semi_minor_um),
                             .depth = std::min(0.95, p.nucleolus_depth_percent / 100 * random.uniform(0.6, 1.4))});
  }
}

double draw_dna(const SimulationParameters& p, Random& random, bool& mitotic) {
  const double total = p.g1_percent + p.s_percent + p.g2_percent + p.mitotic_percent;
  const double draw = random.uniform() * total;
  const double synthesis = random.uniform(1, 2);
  mitotic = false;
  if (draw < p.g1_percent || total <= 0) return 1;
  if (draw < p.g1_percent + p.s_percent) return synthesis;
  mitotic = draw >= p.g1_percent + p.s_percent + p.g2_percent;
  return 2;
}

void make_mitosis(const SimulationParameters& p, Cell& cell, Body body, Random& random) {
  const double turns = random.uniform();
  const double phase = random.uniform();
  body.brightness = p.mitotic_brightness * random.lognormal(1, 0.15);
  body.nucleoli.clear();
  body.z_um = random.uniform(1, 3);  // a dividing cell rounds up
  if (phase < 0.3) {                 // chromosomes condense: still round, already bright and coarse
    body.kind = BodyKind::prophase;
    body.semi_major_um *= 0.85;
    body.semi_minor_um *= 0.85;
    body.brightness = 1 + (body.brightness - 1) * 0.5;
    body.contrast = std::max(2 * body.contrast, 0.1);
    body.grain_um *= 1.8;
    cell.bodies = {body};
  } else if (phase < 0.7) {  // the plate, seen from its edge, sometimes tilted
    body.kind = BodyKind::metaphase;
    body.semi_major_um = random.uniform(0.38, 0.48) * p.diameter_um;
    body.semi_minor_um = p.plate_width_um / 2 * random.uniform(1, 1.4);
    set_outline(body, 0.06, random);
    turn(body, turns);
    cell.bodies = {body};
  } else {  // two plates that move apart, from just divided to far apart
    body.kind = BodyKind::anaphase;
    const double apart = random.uniform(0.3, 0.75) * p.diameter_um;
    body.semi_major_um = random.uniform(0.3, 0.4) * p.diameter_um;
    body.semi_minor_um = p.plate_width_um / 2 * random.uniform(0.8, 1.1);
    turn(body, turns);
    for (const double side : {-0.5, 0.5}) {
      Body plate = body;
      set_outline(plate, 0.06, random);
      turn(plate, turns + random.uniform(-0.02, 0.02));
      plate.x_um = -side * apart * body.sine;
      plate.y_um = side * apart * body.cosine;
      plate.texture = random.bits();
      cell.bodies.push_back(plate);
    }
    cell.semi_major_um = body.semi_major_um;
    cell.semi_minor_um = apart / 2 + body.semi_minor_um;
    cell.sine = body.sine;
    cell.cosine = body.cosine;
  }
}

Cell make_cell(const SimulationParameters& p, Random& random) {
  Cell cell;
  Body body;
  bool mitotic = false;
  const double dna = draw_dna(p, random, mitotic);
  const double size = random.lognormal(1, p.diameter_cv_percent / 100);
  const double growth = exact_pow(dna, 1.0 / 3);  // of the diameter: the area goes as DNA^(2/3)
  const double aspect = std::max(1.0, p.aspect_ratio + p.aspect_spread * random.normal());
  const double staining = random.lognormal(1, p.staining_cv_percent / 100);
  const double turns = random.uniform();
  const double radius = p.diameter_um / 2 * size * growth;
  body.semi_major_um = radius * std::sqrt(aspect);
  body.semi_minor_um = radius / std::sqrt(aspect);
  body.brightness = staining * dna / (growth * growth * size * size);  // the same DNA, spread over its area
  body.thickness_um = p.thickness_um * random.lognormal(1, 0.15);
  body.contrast = p.chromatin_contrast_percent / 100 * random.uniform(0.6, 1.4);
  body.grain_um = p.chromatin_grain_um;
  body.texture = random.bits();
  body.z_um = 0.6 * random.normal();
  turn(body, turns);
  // One in eleven is lobed or bent far more than the others.
  set_outline(body, p.irregularity_percent / 100 * (random.uniform() < 0.09 ? 4.5 : 1.0), random);
  add_nucleoli(p, body, random);

  const bool pyknotic = random.uniform() * 100 < p.pyknotic_percent;
  const bool micronucleus = random.uniform() * 100 < p.micronuclei_percent;
  if (mitotic) {
    make_mitosis(p, cell, body, random);
  } else {
    if (pyknotic) {  // dead: half the diameter, three times as bright
      body.kind = BodyKind::pyknotic;
      body.semi_major_um *= 0.5;
      body.semi_minor_um *= 0.5;
      body.brightness *= 3;
      body.nucleoli.clear();
    }
    cell.bodies = {body};
  }
  if (cell.semi_major_um == 0) {
    const Body& only = cell.bodies.front();
    cell.semi_major_um = only.semi_major_um;
    cell.semi_minor_um = only.semi_minor_um;
    cell.sine = only.sine;
    cell.cosine = only.cosine;
  }
  if (micronucleus) {
    Body small = body;
    small.kind = BodyKind::micronucleus;
    small.nucleoli.clear();
    small.semi_major_um = small.semi_minor_um = p.diameter_um * random.uniform(0.05, 0.12);
    small.thickness_um = small.semi_major_um;
    const auto [s, c] = exact_sine_cosine(random.uniform());
    const double away = cell.radius_towards(c, s, 1) + small.semi_major_um + random.uniform(0, 2);
    small.x_um = c * away;
    small.y_um = s * away;
    cell.bodies.push_back(small);
  }
  return cell;
}

/// Finds which placed cells are near a place.
class Neighbourhood {
 public:
  Neighbourhood(double world_um, double reach_um)
      : reach_(reach_um), half_(world_um / 2), side_(static_cast<int>(world_um / reach_um) + 1) {
    squares_.resize(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
  }
  void add(const Cell& cell, std::size_t index) { square(place(cell.x_um), place(cell.y_um)).push_back(index); }
  template <typename Visit>
  void visit(double x_um, double y_um, Visit visit) {
    const int cx = place(x_um);
    const int cy = place(y_um);
    for (int y = std::max(cy - 1, 0); y <= std::min(cy + 1, side_ - 1); ++y)
      for (int x = std::max(cx - 1, 0); x <= std::min(cx + 1, side_ - 1); ++x)
        for (const std::size_t index : square(x, y)) visit(index);
  }

 private:
  int place(double um) const { return std::clamp(static_cast<int>((um + half_) / reach_), 0, side_ - 1); }
  std::vector<std::size_t>& square(int x, int y) {
    return squares_[static_cast<std::size_t>(y) * static_cast<std::size_t>(side_) + static_cast<std::size_t>(x)];
  }
  double reach_;
  double half_;
  int side_;
  std::vector<std::vector<std::size_t>> squares_;
};

/// The nearest neighbour's distance, as a part of the distance at which the two would just touch.
double closeness(const Cell& cell, const std::vector<Cell>& cells, Neighbourhood& near) {
  double least = 10;
  near.visit(cell.x_um, cell.y_um, [&](std::size_t index) {
    const Cell& other = cells[index];
    const double dx = other.x_um - cell.x_um;
    const double dy = other.y_um - cell.y_um;
    const double distance = std::sqrt(dx * dx + dy * dy);
    const double touching = cell.radius_towards(dx, dy, distance) + other.radius_towards(dx, dy, distance);
    least = std::min(least, distance / touching);
  });
  return least;
}

/// How much nearer than touching two equal discs lie, as a part of that distance, when this part of the area overlaps.
/// A lens of depth d is about 1.2 d^1.5 of a disc.
double closer_for_overlap(double part) { return part <= 0 ? 0 : exact_pow(part / 1.2, 2.0 / 3); }

/// Neighbours that lie nearer than they overlap flatten each other, half and half.
void press(Cell& cell, Cell& other, double overlap) {
  const double dx = other.x_um - cell.x_um;
  const double dy = other.y_um - cell.y_um;
  const double distance = std::sqrt(dx * dx + dy * dy);
  const double own = cell.radius_towards(dx, dy, distance);
  const double others = other.radius_towards(dx, dy, distance);
  const double squeeze = own + others + gap_um - distance - overlap * (own + others);
  if (squeeze <= gap_um || overlap > 0 || cell.bodies.size() > 1 || other.bodies.size() > 1) return;
  // A small cell beside a large one gives way by half of itself at most.
  cell.bodies.front().presses.push_back({dx / distance, dy / distance, std::max(own - squeeze / 2, own / 2)});
  other.bodies.front().presses.push_back({-dx / distance, -dy / distance, std::max(others - squeeze / 2, others / 2)});
}

/// Places the cell; false when there is no room.
bool place_cell(const SimulationParameters& p, double world_um, Cell& cell, std::vector<Cell>& cells,
                Neighbourhood& near, Random& random) {
  const bool clustered = !cells.empty() && random.uniform() * 100 < p.clustered_percent;
  // Most neighbours flatten each other, one in three lies over the other.
  const bool over = random.uniform() < 1.0 / 3;
  const double draw = random.uniform();
  const double overlap = over ? closer_for_overlap(std::min(p.overlap_percent / 100 * 6 * draw, 0.6)) : 0;
  const double squeeze = over ? 0 : 0.12 * draw;
  if (clustered) {
    for (int attempt = 0; attempt < 24; ++attempt) {
      Cell& parent = cells[static_cast<std::size_t>(random.uniform() * static_cast<double>(cells.size()))];
      const auto [s, c] = exact_sine_cosine(random.uniform());
      const double touching = parent.radius_towards(c, s, 1) + cell.radius_towards(c, s, 1);
      cell.x_um = parent.x_um + c * touching * (1 - overlap - squeeze);
      cell.y_um = parent.y_um + s * touching * (1 - overlap - squeeze);
      if (closeness(cell, cells, near) < 0.999 - overlap - squeeze) continue;
      near.visit(cell.x_um, cell.y_um, [&](std::size_t index) { press(cell, cells[index], overlap); });
      return true;
    }
  }
  for (int attempt = 0; attempt < 40; ++attempt) {
    cell.x_um = world_um * (random.uniform() - 0.5);
    cell.y_um = world_um * (random.uniform() - 0.5);
    // Cells leave each other some room while there is any.
    if (closeness(cell, cells, near) >= 1.25 - 0.0125 * attempt) {
      near.visit(cell.x_um, cell.y_um, [&](std::size_t index) { press(cell, cells[index], overlap); });
      return true;
    }
  }
  return false;
}

void add_debris(const SimulationParameters& p, double world_um, std::uint64_t seed, std::vector<Body>& bodies) {
  Random count(seed, debris_stream);
  const double pieces = count.poisson(p.debris_per_mm2 * world_um * world_um * 1e-6);
  for (double i = 0; i < pieces; ++i) {
    Random random(seed, debris_stream, static_cast<std::uint64_t>(i) + 1);
    Body body;
    body.kind = BodyKind::debris;
    body.x_um = world_um * (random.uniform() - 0.5);
    body.y_um = world_um * (random.uniform() - 0.5);
    body.z_um = random.uniform(-4, 4);
    const double aspect = random.uniform(1, 1.8);
    const double radius = std::min(random.lognormal(p.debris_size_um / 2, 0.5), 8.0);
    body.semi_major_um = radius * std::sqrt(aspect);
    body.semi_minor_um = radius / std::sqrt(aspect);
    body.thickness_um = radius;
    body.brightness = p.debris_brightness * random.lognormal(1, 0.5);
    body.contrast = 0.2;
    body.texture = random.bits();
    turn(body, random.uniform());
    set_outline(body, 0.12, random);
    bodies.push_back(body);
  }
}

}  // namespace

std::vector<Body> make_specimen(const SimulationParameters& p, std::uint64_t seed) {
  const double pixel = pixel_size_um(p);
  const double field = pixel * std::max(p.rows, p.cols);
  const double world = std::max(smallest_world_um, field + 2 * margin_um);
  const auto wanted = static_cast<std::size_t>(p.density_per_mm2 * world * world * 1e-6 + 0.5);

  std::vector<Cell> cells;
  Neighbourhood near(world, 2.5 * p.diameter_um);
  for (std::size_t i = 0; i < wanted; ++i) {
    Random shape(seed, cell_stream, i);
    Random place(seed, place_stream, i);
    Cell cell = make_cell(p, shape);
    if (!place_cell(p, world, cell, cells, near, place)) continue;
    near.add(cell, cells.size());
    cells.push_back(std::move(cell));
  }

  std::vector<Body> bodies;
  for (const Cell& cell : cells) {
    for (Body body : cell.bodies) {
      body.x_um += cell.x_um;
      body.y_um += cell.y_um;
      bodies.push_back(std::move(body));
    }
  }
  add_debris(p, world, seed, bodies);
  const double reach_x = pixel * p.cols / 2 + margin_um;
  const double reach_y = pixel * p.rows / 2 + margin_um;
  std::erase_if(bodies, [&](const Body& b) { return std::abs(b.x_um) > reach_x || std::abs(b.y_um) > reach_y; });
  return bodies;
}

}  // namespace floodlight

// The landscape's frame in the place of view.frag: the colours of the look that follows, lit. From straight above it is
// what the flat view shows.
uniform float u_zoom;    // device pixels per pixel of the image
uniform ivec2 u_size;    // of the image: columns, rows
uniform float u_relief;  // how strongly it is lit; 0 from above

in vec3 v_place;
in vec3 v_normal;
in float v_ground;
in float v_side;
flat in vec4 v_bounds;
out vec4 o_colour;

vec3 colour_at(ivec2 pixel, vec2 position);
vec4 outline_at(vec2 position);

vec2 bounded(vec2 position) { return clamp(position, v_bounds.xy, v_bounds.zw); }

vec3 flat_colour(vec2 position, vec2 across, vec2 down) {
  if (outline_at(position).a > 0.0) return vec3(0.0);
  // As in view.frag: what one point of the screen covers is averaged.
  int taps = clamp(int(ceil(max(length(across), length(down)) - 0.01)), 1, 6);
  if (taps == 1) return colour_at(ivec2(position), position);
  vec3 sum = vec3(0.0);
  for (int row = 0; row < taps; ++row) {
    for (int col = 0; col < taps; ++col) {
      vec2 offset = (vec2(col, row) + 0.5) / float(taps) - 0.5;
      vec2 there = bounded(position + across * offset.x + down * offset.y);
      sum += colour_at(ivec2(there), there);
    }
  }
  return sum / float(taps * taps);
}

void main() {
  // From the left and the front: the walls of a pit that are seen are those that face us.
  const vec3 light = vec3(-0.45, 0.4, 0.8);
  vec2 across = dFdx(v_place.xy);
  vec2 down = dFdy(v_place.xy);
  bool rock = v_side > 0.0 && v_place.z < v_ground;
  vec3 colour = rock ? vec3(0.2) : flat_colour(bounded(v_place.xy), across, down);
  // Black ground would show no shape.
  vec3 raised = colour + 0.22 * (1.0 - colour);
  float facing = dot(normalize(v_normal), light) / light.z;
  float shade = clamp(0.45 + 0.55 * facing, 0.3, 1.4);
  o_colour = vec4(mix(colour, raised * shade, u_relief), 1.0);
}

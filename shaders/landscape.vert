// The landscape as triangles, without a vertex buffer: an instance is a row of cells. Heights are in pixels of the image;
// the plain is 0, up is positive.
uniform highp sampler2D u_ground;   // the values that become heights
uniform highp isampler2D u_taken;   // as in flood.frag
uniform highp isampler2D u_pushed;
uniform int u_time;
uniform ivec2 u_size;
uniform int u_blocks;   // 1: each pixel a block with a flat top; 0: a surface through samples of the pixels
uniform int u_stride;   // pixels from one sample to the next
uniform ivec2 u_samples;
uniform vec2 u_rise;    // height of a value: (value - u_rise.y) * u_rise.x
uniform float u_level;  // of the water
uniform float u_floor;  // where the cut sides end

uniform vec2 u_pivot;  // what stands in the middle of the target, in pixels of the image
uniform float u_zoom;  // device pixels per pixel of the image
uniform vec2 u_turn;   // cosine and sine
uniform vec2 u_tilt;
uniform vec2 u_half;   // of the target, in device pixels
uniform float u_bend;  // perspective: how much smaller a device pixel further away makes it
uniform float u_far;

out vec3 v_place;
out vec3 v_normal;
out float v_ground;     // without water
out float v_side;       // more than 0 on a cut side or a block's wall
flat out vec4 v_bounds; // of what the place may be

float ground_at(ivec2 pixel) { return (texelFetch(u_ground, pixel, 0).r - u_rise.y) * u_rise.x; }

float height_at(ivec2 pixel) {
  float ground = ground_at(pixel);
  if (ground >= u_level) return ground;
  int pushed = texelFetch(u_pushed, pixel, 0).r;
  bool reached = pushed >= 0 && pushed <= u_time && texelFetch(u_taken, pixel, 0).r >= 0;
  return reached ? u_level : ground;
}

bool inside(ivec2 pixel) { return all(greaterThanEqual(pixel, ivec2(0))) && all(lessThan(pixel, u_size)); }
float block_height(ivec2 pixel) { return inside(pixel) ? height_at(pixel) : u_floor; }

// A top and the walls to the right and below; cells begin one before the first pixel, for its outer walls.
void block() {
  ivec2 cell = ivec2(gl_VertexID / 18, gl_InstanceID) - 1;
  int part = gl_VertexID % 18 / 6;
  int corner = gl_VertexID % 6;
  if (corner > 2) corner -= 2;  // 0 1 2, 1 2 3
  ivec2 q = ivec2(corner & 1, corner >> 1);
  float here = block_height(cell);
  if (part == 0) {
    v_place = vec3(inside(cell) ? cell + q : cell, here);
    v_normal = vec3(0.0, 0.0, 1.0);
    v_ground = here;
    v_side = 0.0;
    v_bounds = vec4(vec2(cell) + 0.001, vec2(cell) + 0.999);
    return;
  }
  ivec2 across = part == 1 ? ivec2(1, 0) : ivec2(0, 1);
  ivec2 along = part == 1 ? ivec2(0, 1) : ivec2(1, 0);
  ivec2 next = cell + across;
  float there = block_height(next);
  ivec2 owner = here >= there ? cell : next;
  v_place = vec3(cell + across + along * q.x, q.y == 0 ? here : there);
  v_normal = vec3(here >= there ? across : -across, 0.0);
  v_ground = inside(owner) ? ground_at(owner) : u_floor;
  v_side = 1.0;
  v_bounds = vec4(owner, owner) + 0.5;
}

ivec2 sampled(ivec2 index) {
  return min(clamp(index, ivec2(0), u_samples - 1) * u_stride + u_stride / 2, u_size - 1);
}

// Around the samples stands a ring on the image's edge, and around that one on the floor.
void surface() {
  ivec2 index = ivec2(gl_VertexID / 2, gl_InstanceID + (gl_VertexID & 1)) - 2;
  ivec2 pixel = sampled(index);
  vec2 at = min((vec2(index) + 0.5) * float(u_stride), vec2(u_size));
  if (index.x < 0) at.x = 0.0;
  if (index.y < 0) at.y = 0.0;
  if (index.x >= u_samples.x) at.x = float(u_size.x);
  if (index.y >= u_samples.y) at.y = float(u_size.y);
  bool below = any(lessThan(index, ivec2(-1))) || any(greaterThan(index, u_samples));
  v_place = vec3(at, below ? u_floor : height_at(pixel));
  float run = 2.0 * float(u_stride);
  v_normal = normalize(vec3(height_at(sampled(index - ivec2(1, 0))) - height_at(sampled(index + ivec2(1, 0))),
                            height_at(sampled(index - ivec2(0, 1))) - height_at(sampled(index + ivec2(0, 1))), run));
  v_ground = ground_at(pixel);
  v_side = below ? 1.0 : 0.0;
  v_bounds = vec4(vec2(0.0), vec2(u_size) - 0.001);
}

void main() {
  if (u_blocks == 1) block();
  else surface();
  vec2 d = v_place.xy - u_pivot;
  vec3 turned = u_zoom * vec3(u_turn.x * d.x - u_turn.y * d.y, u_turn.y * d.x + u_turn.x * d.y, v_place.z);
  float down = turned.y * u_tilt.x - turned.z * u_tilt.y;
  float nearer = turned.y * u_tilt.y + turned.z * u_tilt.x;
  gl_Position = vec4(turned.x / u_half.x, -down / u_half.y, -nearer / u_far, 1.0 - u_bend * nearer);
}

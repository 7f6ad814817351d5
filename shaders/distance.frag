// A distance transform through a colour map; background stays apart from the smallest distance.
uniform sampler2D u_image;
uniform sampler2D u_map;
uniform float u_highest;
uniform vec3 u_background;

vec3 colour_at(ivec2 pixel, vec2 position) {
  float value = texelFetch(u_image, pixel, 0).r;
  if (value <= 0.0) return u_background;
  float t = clamp(value / max(u_highest, 1.0), 0.0, 1.0);
  return textureLod(u_map, vec2((t * 230.0 + 25.5) / 256.0, 0.5), 0.0).rgb;
}

vec4 outline_at(vec2 position) { return vec4(0.0); }

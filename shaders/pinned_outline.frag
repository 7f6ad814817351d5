// The outline of a pinned result, over whatever is drawn: dashes on the edges of its objects, nothing elsewhere.
uniform highp isampler2D u_image;
uniform float u_outline;  // width in device pixels
uniform vec3 u_ink;

int label_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return texelFetch(u_image, pixel, 0).r;
}

vec4 outline_at(vec2 position) {
  int label = label_at(position);
  float reach = u_outline / u_zoom;
  bool edge = false;
  for (int i = 0; i < 8; ++i) {
    vec2 there = position + reach * vec2(cos(float(i) * 0.7853981634), sin(float(i) * 0.7853981634));
    edge = edge || label_at(there) != label;
  }
  // Dashes in the screen's own measure; dark ones between, so that they show on bright and on dark.
  float along = mod(gl_FragCoord.x + gl_FragCoord.y, 6.0 * u_outline);
  return edge ? vec4(along < 3.0 * u_outline ? u_ink : vec3(0.0), 1.0) : vec4(0.0);
}

vec3 colour_at(ivec2 pixel, vec2 position) {
  // Always true. A discard that depends on nothing leaves a return that cannot be reached: engines' translators drop it,
  // and some drivers refuse a function that then returns nothing.
  if (u_outline > 0.0) discard;
  return vec3(0.0);
}

// Labels as colours over the raw image, with an outline measured on the screen.
uniform highp isampler2D u_image;
uniform sampler2D u_raw;
uniform highp usampler2D u_colours;  // for each label, row by row, the index of its colour
uniform vec3 u_palette[8];
uniform vec2 u_window;               // of the raw image, drawn in grey
uniform float u_opacity;             // of the fill
uniform float u_outline;             // width in device pixels; 0: none
uniform vec3 u_background;           // behind the labels where the raw image is not wanted
uniform float u_raw_share;           // 1: over the raw image; 0: over the plain background

int label_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return texelFetch(u_image, pixel, 0).r;
}

vec3 own_colour(int label) {
  int width = textureSize(u_colours, 0).x;
  return u_palette[texelFetch(u_colours, ivec2(label % width, label / width), 0).r];
}

vec4 outline_at(vec2 position) {
  int label = label_at(position);
  if (u_outline <= 0.0 || label == 0) return vec4(0.0);
  float reach = u_outline / u_zoom;
  for (int i = 0; i < 8; ++i) {
    float angle = float(i) * 0.7853981634;
    if (label_at(position + reach * vec2(cos(angle), sin(angle))) != label) return vec4(own_colour(label), 1.0);
  }
  return vec4(0.0);
}

vec3 colour_at(ivec2 pixel, vec2 position) {
  int label = texelFetch(u_image, pixel, 0).r;
  float grey = clamp((texelFetch(u_raw, pixel, 0).r - u_window.x) / max(u_window.y - u_window.x, 1e-30), 0.0, 1.0);
  vec3 under = mix(u_background, vec3(grey), u_raw_share);
  if (label == 0) return under;
  vec3 own = own_colour(label);
  // The nucleus' own brightness stays visible inside its colour.
  vec3 tinted = mix(own, own * (0.35 + 0.85 * grey), u_raw_share);
  return mix(under, tinted, u_opacity);
}

// Labels as they are reached, one after the other, at one moment: what is done, what waits in the queue, what is dry.
uniform highp isampler2D u_image;   // the labels when all is over
uniform highp isampler2D u_taken;   // when each pixel is done; -1: never
uniform highp isampler2D u_pushed;  // from when on it waits; -1: never
uniform int u_time;
uniform sampler2D u_under;           // what is drawn in grey beneath
uniform vec2 u_window;
uniform highp usampler2D u_colours;  // for each label, row by row, the index of its colour
uniform vec3 u_palette[8];
uniform float u_outline;  // width in device pixels; 0: none

bool reached(ivec2 pixel) {
  int pushed = texelFetch(u_pushed, pixel, 0).r;
  return pushed >= 0 && pushed <= u_time && texelFetch(u_taken, pixel, 0).r >= 0;
}

int label_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return reached(pixel) ? texelFetch(u_image, pixel, 0).r : 0;
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
    int other = label_at(position + reach * vec2(cos(angle), sin(angle)));
    // The shore is left to the waiting pixels; a line stands only where two waters meet.
    if (other != label && other != 0) return vec4(0.0, 0.0, 0.0, 1.0);
  }
  return vec4(0.0);
}

vec3 colour_at(ivec2 pixel, vec2 position) {
  float grey = clamp((texelFetch(u_under, pixel, 0).r - u_window.x) / max(u_window.y - u_window.x, 1e-30), 0.0, 1.0);
  vec3 under = vec3(grey * 0.85);
  if (!reached(pixel)) return under;
  int label = texelFetch(u_image, pixel, 0).r;
  if (label == 0) return vec3(0.0);
  vec3 own = own_colour(label);
  bool waits = texelFetch(u_taken, pixel, 0).r >= u_time;
  return waits ? mix(own, vec3(1.0), 0.65) : mix(under, own, 0.78);
}

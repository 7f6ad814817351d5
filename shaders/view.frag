// From a point of the screen to pixels of the image: the frame of every look. What follows defines colour_at and
// outline_at.
uniform vec2 u_origin;         // where the image's top left corner lies, in device pixels from the target's top left
uniform float u_zoom;          // device pixels per image pixel
uniform float u_target_height; // of the framebuffer, in device pixels
uniform ivec2 u_size;          // of the image: columns, rows

out vec4 o_colour;

// The colour of one pixel of the image; `position` is the exact place inside it, in pixels of the image.
vec3 colour_at(ivec2 pixel, vec2 position);
// What is drawn over it, in the screen's own measure: a colour, and 1 where there is an outline, else 0.
vec4 outline_at(vec2 position);

void main() {
  vec2 screen = vec2(gl_FragCoord.x, u_target_height - gl_FragCoord.y);
  vec2 position = (screen - u_origin) / u_zoom;
  if (any(lessThan(position, vec2(0.0))) || any(greaterThanEqual(position, vec2(u_size)))) discard;
  vec4 outline = outline_at(position);
  if (outline.a > 0.0) {
    o_colour = vec4(outline.rgb, 1.0);
    return;
  }
  // Zoomed out, a point of the screen covers several pixels: their colours are averaged, so that fine noise does not
  // turn into patterns.
  int taps = clamp(int(ceil(1.0 / u_zoom - 0.01)), 1, 6);
  vec3 sum = vec3(0.0);
  for (int row = 0; row < taps; ++row) {
    for (int col = 0; col < taps; ++col) {
      vec2 offset = (vec2(col, row) + 0.5) / float(taps) - 0.5;
      vec2 there = taps == 1 ? position : position + offset / u_zoom;
      there = clamp(there, vec2(0.0), vec2(u_size) - 0.001);
      sum += colour_at(ivec2(there), there);
    }
  }
  o_colour = vec4(sum / float(taps * taps), 1.0);
}

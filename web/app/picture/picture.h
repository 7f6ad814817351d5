// Pictures to take home: what the image view shows, with legend and scale bar but without its controls, as a PNG.
#pragma once

namespace floodlight::ui {

class App;

/// Within the frame, after everything else was drawn: lays out the picture that App::wanted_picture asks for.
void lay_out_picture(App& app);
/// After the frame was rendered: draws what was laid out into memory, and saves it.
void save_picture(App& app);

}  // namespace floodlight::ui

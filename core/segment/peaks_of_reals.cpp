// Local maxima of real numbers, which the first picture does without.
#include "core/segment/peak_search.h"

namespace floodlight {

template std::vector<Pixel> peak_local_max(ImageView<const float>, const PeakOptions<float>&);
template std::vector<Pixel> peak_local_max(ImageView<const double>, const PeakOptions<double>&);
template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const float>, PeakOptions<float>);

}  // namespace floodlight

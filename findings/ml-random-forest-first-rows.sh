#!/usr/bin/env bash
# ml-random-forest 2.1.0: maxSamples takes the first rows, not random ones.
#
# A good engineer would guess that maxSamples: 0.5 draws half of the samples at random for each tree, as max_samples of
# scikit-learn does. What happens is that the training set is cut after its first half, once, for all trees. With samples
# sorted by class, as they come when the pixels of each painted class are gathered in turn, the second class is never seen,
# and every pixel is predicted as the first. The same samples in mixed order are learnt without an error.
#
# Why it matters: the option is set to make training on many painted pixels faster; the outcome then depends on the order in
# which they were painted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ml-random-forest@2.1.0 >/dev/null
cat > run.mjs <<'JS'
import { RandomForestClassifier } from 'ml-random-forest';
function accuracy(order, options) {
  const samples = order.map(label => [label * 10]);   // intensity 0 is background, 10 is nucleus
  const forest = new RandomForestClassifier({ nEstimators: 50, seed: 1, noOOB: true, ...options });
  forest.train(samples, order);
  return forest.predict([[0], [10]]).join(' ');
}
const sorted = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)), mixed = sorted.map((_, i) => i % 2);
const all = accuracy(sorted, {}), half = accuracy(sorted, { maxSamples: 0.5 }), halfMixed = accuracy(mixed, { maxSamples: 0.5 });
console.log('ml-random-forest 2.1.0, labels predicted for a background pixel (0) and a nucleus (10); expected 0 1 each time, seen');
console.log('  all samples, sorted by class:     ', all);
console.log('  maxSamples 0.5, sorted by class:  ', half);
console.log('  maxSamples 0.5, in mixed order:   ', halfMixed);
process.exit(all === '0 1' && half === '0 0' && halfMixed === '0 1' ? 0 : 1);
JS
node run.mjs

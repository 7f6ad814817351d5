#!/usr/bin/env bash
# ml-random-forest 2.1.0: a forest whose trees all agree is never certain, and the first tree's vote does not count.
#
# A good engineer would guess that predictProbability() is the share of the trees that vote for the label: 1 where all do, and
# that the probabilities of all labels add up to 1. What happens is that the sum of the votes starts with the first tree's
# vote itself instead of 0. Fifty trees that all say "nucleus" give 0.98 (ten give 0.9), one tree alone gives 0, and the
# first vote is added in the sixth decimal.
#
# Why it matters: a probability map is made with it, pixel by pixel, and then cut at a probability. A cut at 0.99 finds
# nothing with fifty trees, and two pixels with equal numbers of votes differ by who voted first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ml-random-forest@2.1.0 >/dev/null
cat > run.mjs <<'JS'
import { RandomForestClassifier } from 'ml-random-forest';
const intensity = [], label = [];
for (let i = 0; i < 40; i++) { intensity.push([i < 20 ? 0 : 10]); label.push(i < 20 ? 0 : 1); }   // perfectly separable
function certainty(trees) {
  const forest = new RandomForestClassifier({ nEstimators: trees, seed: 1, noOOB: true });
  forest.train(intensity, label);
  const votes = forest.predictionValues([[10]]).getRow(0);
  return { share: votes.filter(v => v === 1).length / trees, told: forest.predictProbability([[10]], 1)[0] };
}
console.log('ml-random-forest 2.1.0, predictProbability() of a pixel of which all trees say the same');
const seen = [50, 10, 1].map(certainty);
[50, 10, 1].forEach((trees, i) => console.log(`${trees} of ${trees} trees: expected ${seen[i].share}, seen ${seen[i].told}`));
process.exit(seen.every(s => s.share === 1) && seen[0].told < 0.981 && seen[1].told < 0.901 && seen[2].told < 0.01 ? 0 : 1);
JS
node run.mjs

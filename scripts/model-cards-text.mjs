// The text of docs/model-cards.md, from the cards of resources/models; a test checks that the file is current.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const percent = (share) => `${(100 * share).toFixed(1)} %`
const auroc = (figures) => {
  if (!figures?.auroc) return '–'
  const { value, low, high } = figures.auroc
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
}

export function modelCardsText(root) {
  const folder = join(root, 'resources/models')
  const cards = readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map(({ name }) => JSON.parse(readFileSync(join(folder, name, 'card.json'), 'utf8')))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return `${['# Model cards', '', 'Written by `npm run docs:cards` from `resources/models/*/card.json`; don’t edit.', ...cards.flatMap(sectionOf)].join('\n')}\n`
}

function sectionOf(card) {
  const { thresholds, calibration, trainedOn, evaluation, domain } = card
  const ranges = Object.entries(domain.statistics).map(([name, { low, high }]) => `${name} ${low} … ${high}`)
  return [
    '',
    `## ${card.id} ${card.version} (${card.kind.toUpperCase()})`,
    '',
    card.summary.en,
    '',
    `- **Input**: ${card.sampleRateHz} Hz, divided by the running RMS of ${card.conditioning.slowRmsSeconds} s; a step of the map sees ${card.receptiveFieldSamples} samples, steps lie ${card.totalStrideSamples} samples apart.`,
    `- **Verdict**: fault from probability ${thresholds.fault}, healthy up to ${thresholds.healthy}, uncertain between; temperature ${calibration.temperature.toFixed(4)}; an event of ${thresholds.sustainedEventSeconds} s is a fault.`,
    `- **Domain**: sources of ${domain.leastSourceRateHz} Hz or more; ${ranges.join(', ')}.`,
    `- **Trained on**: ${trainedOn.recordingCount} recordings of ${trainedOn.machines.join(', ')} and ${trainedOn.synthetic}. ${trainedOn.provenance}`,
    `- **Made by**: \`${trainedOn.command}\` on ${trainedOn.backend}; figures by \`${evaluation.command}\`.`,
    `- **Licence**: ${card.licence}.`,
    '',
    'Left out of training (AUROC per recording with 95 % interval):',
    '',
    '| fold | healthy / fault | network | false alarms | uncertain | kurtosis | envelope | commissioned |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...evaluation.folds.map(rowOf),
    '',
    'Limits:',
    '',
    ...evaluation.limits.map((limit) => `- ${limit}`),
  ]
}

function rowOf({ name, healthyCount, faultCount, network, kurtosis, envelope, commissioned }) {
  const cells = [
    name,
    `${healthyCount} / ${faultCount}`,
    auroc(network),
    percent(network.falseAlarms),
    percent(network.uncertain),
    auroc(kurtosis),
    auroc(envelope),
    auroc(commissioned),
  ]
  return `| ${cells.join(' | ')} |`
}

import { enDiagnosisPanel } from './en-diagnosis-panel'
import { enDiagnosisUi } from './en-diagnosis-ui'
import { enInspector } from './en-inspector'
import { enCasefile } from './en-casefile'
import { enApp } from './en-app'
import { enTimeline } from './en-timeline'
import { enDialogs } from './en-dialogs'
import { enPanels } from './en-panels'
import { enDiagnosisBase } from './en-diagnosis-base'
import { enShell } from './en-shell'
import { enProject } from './en-project'
import { enReport } from './en-report'
import { enDiagnosis } from './en-diagnosis'

/** English messages. Placeholders in braces; zh-CN has the same keys and placeholders (tested). */
export const en = {
  ...enApp,
  ...enCasefile,
  ...enTimeline,
  ...enDialogs,
  ...enPanels,
  ...enDiagnosisPanel,
  ...enDiagnosisUi,
  ...enInspector,
  ...enShell,
  ...enProject,
  ...enReport,
  ...enDiagnosisBase,
  ...enDiagnosis,
  'verdict.fault': 'FAULT',
  'verdict.healthy': 'HEALTHY',
  'verdict.uncertain': 'UNCERTAIN',
  'verdict.not-applicable': 'NO VERDICT',
  'verdict.fault.sentence': 'The vibration carries the marks of a bearing fault.',
  'verdict.healthy.sentence': 'No sign of a bearing fault in this vibration.',
  'verdict.uncertain.sentence': 'Neither clearly faulty nor clearly healthy: measure again.',
  'verdict.not-applicable.sentence': 'The model cannot judge this recording.',
  'verdict.share': 'Segments at or above the fault threshold: {faulty} of {total}.',
  'verdict.baseline': 'Judged against healthy recordings of the same machine: {count}.',

  'reason.rate-too-low': 'Sampled at {rate} Hz; the model needs at least {least} Hz to see the impacts of a bearing.',
  'reason.too-short': '{duration} s of signal; the model needs at least {least} s.',
  'reason.nothing-measured': 'There is no signal in it: flat or missing throughout.',
  'reason.levelSwingDb':
    'Its level swings by {value} dB from moment to moment; the machines the model knows stay within {low} to {high} dB.',
  'reason.highBandShareDb':
    'Its power above 1 kHz is {value} dB of the whole; the machines the model knows have {low} to {high} dB.',
  'reason.spectralFlatnessDb':
    'Its spectral flatness is {value} dB; the machines the model knows have {low} to {high} dB.',
  'reason.events': 'Not faulty as a whole, but {count} stretch(es) look like a fault, the first at {start} s.',
  'reason.sustained':
    'For {duration} s, from {start} to {end} s, it looks like a fault throughout: that decides, although the whole recording averages {probability}.',
  'probability.event': 'probability of a bearing fault from {start} to {end} s',
  'probability.whole': 'whole recording: {value}',
  'cli.probability-event': 'probability {value} from {start} to {end} s (whole recording {whole})',
  'reason.between': 'The probability {probability} lies between healthy (up to {healthy}) and fault (from {fault}).',

  'probability.title': 'probability of a bearing fault',
  'probability.calibrated': 'calibrated; score {logit} logit',
  'probability.none': 'no probability',
  'probability.none.reason': 'a number here would mislead',

  'header.channel': 'Channel {name}',
  'header.speed': '{rpm} rpm',
  'header.speed-unknown': 'speed unknown',
  'header.machine': 'machine {name}',
  'header.rate': '{rate} kHz',
  'header.duration': '{duration} long',

  'waveform.title': 'Vibration, as recorded',
  'waveform.axis': '{unit}',
  'waveform.axis-unknown': 'unit unknown',
  'waveform.rms': 'RMS {value}',
  'waveform.peak': 'peak {value}',
  'waveform.kurtosis': 'kurtosis {value}',
  'probability.panel': 'Probability of a bearing fault, segment by segment',
  'probability.axis': 'probability',
  'probability.fault-zone': 'fault from {value}',
  'probability.healthy-zone': 'healthy to {value}',
  'probability.uncertain-zone': 'uncertain',
  'ribbon.title': 'What pushes the verdict, moment by moment (evidence of the {kind} network)',
  'ribbon.to-fault': 'to fault',
  'ribbon.to-healthy': 'to healthy',
  'spectrogram.title': 'Spectrogram',
  'spectrogram.title-with-map': 'Spectrogram, and where the {kind} network sees the fault (red) or health (blue)',
  'spectrogram.axis': 'frequency, kHz',
  'spectrogram.level': 'level, {unit}',
  'spectrogram.level-relative': 'level, dB (unit unknown)',
  'spectrogram.evidence': 'evidence, logit',
  'time.axis': 'time, {unit}',
  'legend.evidence': 'logit',
  'legend.not-measured': 'hatched: not measured',
  'legend.event': 'red bar: event found',

  'footer.file': 'File {name}, SHA-256 {sha256}',
  'footer.model': 'Model {id} {version} ({kind}), SHA-256 {sha256}',
  'footer.model-decides': 'Model {id} {version} ({kind}, decides), SHA-256 {sha256}',
  'footer.backend': 'backend {backend}',
  'footer.segments': 'segments {length}, every {stride}',
  'footer.conditioning': 'level divided by its running RMS over {seconds} s',
  'footer.program': 'VibraLens {version}',

  'unit.seconds': '{value} s',
  'unit.milliseconds': '{value} ms',
  'unit.minutes': '{value} min',
  'unit.hours': '{value} h',

  'cli.probability': 'probability {value}',
  'cli.no-probability': 'no probability',
  'cli.events': 'events: {count} ({list})',
  'cli.event': '{start}–{end} s (peak {probability})',
  'cli.more-events': '… and {count} more',
  'cli.indicators': 'RMS {rms}, peak {peak}, crest factor {crest}, kurtosis {kurtosis}',
  'cli.model': 'model {id} on {backend}, {elapsed} s',
  'cli.quality': 'data: {message}',
  'cli.unit-unknown': '(unit unknown)',
  'cli.wrote': 'Wrote {file}',
  'cli.file-failed': '{file}: {message}',
  'cli.files-failed': '{failed} of {total} files could not be analysed.',
  'cli.cancelled': 'Cancelled; what was finished is kept.',
  'cli.demo-made': 'Made a recording of a synthetic machine with a bearing fault (simulated, not measured): {file}',
  'cli.progress': '{stage} {percent} %',
  'cli.progress-rate': '{stage} {percent} %, {rate}/s, {left} left',

  'stage.read': 'Reading',
  'stage.condition': 'Conditioning',
  'stage.infer': 'Looking for the fault',
  'stage.picture': 'Drawing',
  'stage.train': 'Training',
  'stage.evaluate': 'Evaluating',
  'stage.calibrate': 'Calibrating',
  'stage.baseline': 'Learning the healthy machine',
  'stage.other': 'Working',

  'inspect.format': 'Format',
  'inspect.channels': 'Channels',
  'inspect.rate': 'sampling rate',
  'inspect.unknown': 'unknown',
  'inspect.samples': '{count} samples',
  'inspect.speed': 'Speed',
  'inspect.machine': 'Machine',
  'inspect.start': 'Recorded',
  'inspect.guesses': 'Read as (override with the flag)',
  'inspect.notices': 'Noticed',
  'inspect.quality': 'Data quality',
  'inspect.quality-good': 'nothing to report',

  'window.title': 'VibraLens',
  'window.working': 'Analysing the sample recording…',
  'window.failed': 'The sample could not be analysed: {message}',
  'window.sample': 'Sample: a synthetic machine with a bearing fault (simulated, not measured)',
} as const

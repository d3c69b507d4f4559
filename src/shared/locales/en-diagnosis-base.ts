/** Bearings, envelope, kurtogram, speed, severity. */
export const enDiagnosisBase = {
  'kurtogram.title': 'Kurtogram of {file}, channel {channel}',
  'kurtogram.best': 'Most impulsive band: {low} to {high} Hz, kurtosis {kurtosis} (0 for noise without impacts)',
  'kurtogram.no-band': 'No band is as wide as asked for.',
  'kurtogram.bandwidth': 'width of the bands, Hz',
  'kurtogram.kurtosis': 'kurtosis',

  'line.bpfo': 'outer race (BPFO)',
  'line.bpfi': 'inner race (BPFI)',
  'line.ball': 'ball spall (2 × BSF)',
  'line.bsf': 'ball spin (BSF)',
  'line.ftf': 'cage (FTF)',

  'bearing.own': 'own',
  'bearing.shipped': 'with VibraLens',
  'bearing.estimate': 'estimated as 0.4 n and 0.6 n: only the number of rolling elements is known',
  'bearing.lines-at': '{designation} ({maker}) at {rpm} rpm',
  'bearing.source': 'source: {source}',
  'bearing.above-nyquist': 'above half the sampling rate',

  'envelope.peaks': 'channel {channel}: envelope of {low} to {high} Hz, highest lines',
  'envelope.band-kurtogram': 'channel {channel}: the kurtogram chooses {low} to {high} Hz',
  'envelope.peak': '{hz} Hz, {height} dB above what surrounds it',
  'envelope.no-peaks': 'channel {channel}: no line stands 10 dB above what surrounds it',

  'preparation.none': 'as recorded',
  'preparation.cepstrum-whitening': 'cepstrum pre-whitening',
  'preparation.discrete-random': 'without tones (discrete/random separation)',

  'speed.estimated': 'estimated from the signal: {rpm} rpm, confidence {confidence}',

  'severity.zone.A': 'A: as newly commissioned machines',
  'severity.zone.B': 'B: acceptable for unrestricted long-term operation',
  'severity.zone.C': 'C: unsatisfactory for long-term operation',
  'severity.zone.D': 'D: severe enough to cause damage',
  'severity.foundation.rigid': 'rigid foundation',
  'severity.foundation.flexible': 'flexible foundation',
  'severity.slow': 'The shaft turns slower than 600 rpm: the standard then looks from 2 Hz on, this value from 10 Hz.',

  'alarm.normal': 'normal',
  'alarm.warning': 'warning',
  'alarm.danger': 'danger',
  'indicator.rms': 'RMS',
  'indicator.peak': 'peak',
  'indicator.crestFactor': 'crest factor',
  'indicator.kurtosis': 'kurtosis',
  'indicator.velocityRmsMmS': 'velocity RMS, 10–1000 Hz',
} as const

/** English messages of what the diagnosis shows beside its own panel. */
export const enDiagnosisUi = {
  'diagnosis.comb-found': '{part}: found at {frequency} Hz, and its multiples',
  'diagnosis.comb-expected': '{part}: expected at {frequency} Hz, and its multiples',
} as const

/** English messages of the app's window. */
export const enApp = {
  'app.demo.open': 'Open the demo recording',
  'app.demo.name': 'Demo: synthetic machine',
  'panel.library': 'Recordings',
  'panel.timeline': 'Timeline',
  'panel.inspector': 'Inspector',
  'panel.spectrum': 'Spectrum',
} as const

import type { ChannelCharts } from '../../src/engine/analysis/outcome'
import type { PictureModel } from '../../src/engine/reports/picture-model'
import { createRandom } from '../../src/shared/random'

/** Charts of a made-up picture: every stretch shows the whole of it; spectra are noise with a line at 107 Hz. */
export function chartsOfPicture(picture: PictureModel): ChannelCharts {
  const { channel } = picture.result
  return {
    recordedAt: undefined,
    forget: () => undefined,
    picture: async () => picture,
    spectrum: async (envelopeBandHz) => {
      const random = createRandom(3)
      const binHz = 0.5
      const amplitude = Float32Array.from({ length: channel.sampleRateHz }, () => 0.01 * random.uniform())
      for (const order of [1, 2, 3]) amplitude[Math.round((order * 107) / binHz)] = 0.3 / order
      return {
        channel: channel.name,
        kind: envelopeBandHz === undefined ? 'spectrum' : 'envelope',
        unit: channel.unit,
        binHz,
        averageCount: 9,
        amplitude,
        envelopeBandHz: envelopeBandHz ?? null,
      }
    },
  }
}

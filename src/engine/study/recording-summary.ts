import type { RecordingSummary } from '../../shared/contract/outputs'
import type { Notice, Recording } from '../readers/recording'

export function summaryOf(recording: Recording, quality: readonly Notice[]): RecordingSummary {
  const { name, format, sizeBytes, channels, metadata, guesses, notices } = recording
  return {
    name,
    format,
    bytes: sizeBytes,
    channels: channels.map((channel) => ({
      name: channel.name,
      unit: channel.unit ?? null,
      sampleRateHz: channel.sampleRateHz ?? null,
      sampleCount: channel.sampleCount,
      durationSeconds: channel.sampleRateHz === undefined ? null : channel.sampleCount / channel.sampleRateHz,
    })),
    shaftSpeedRpm: metadata.shaftSpeedRpm?.value ?? null,
    machine: metadata.machine ?? null,
    startTime: metadata.startTime ?? null,
    properties: metadata.properties,
    guesses,
    notices,
    quality,
  }
}

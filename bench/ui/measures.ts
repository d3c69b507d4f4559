import type { CDPSession, Page } from 'playwright-core'

export interface FirstPicture {
  readonly firstMilliseconds: number
  readonly wholeMilliseconds: number
}

/** From asking the engine for the recording to its waveform, and to all of its tracks, on the screen. */
export async function firstPicture(page: Page): Promise<FirstPicture> {
  await page.waitForFunction(() => 'whole' in (window as unknown as { benchTimes: object }).benchTimes, undefined, {
    timeout: 120_000,
  })
  const times = await page.evaluate(() => (window as unknown as { benchTimes: Record<string, number> }).benchTimes)
  return {
    firstMilliseconds: times['first'] - times['asked'],
    wholeMilliseconds: times['whole'] - times['asked'],
  }
}

/** Recordings are analysed as they are opened: ends when the library says the verdict and all tracks are drawn. */
export async function untilAnalysed(page: Page): Promise<void> {
  await page.keyboard.press('Escape') // the tour
  const isOver = (): boolean =>
    document.querySelector('[data-verdict]') !== null &&
    document.querySelector('progress') === null &&
    document.querySelector('section[aria-busy=false]') !== null
  await page.waitForFunction(isOver, undefined, { timeout: 600_000 })
  await rest(page)
}

/** Panels have followed the view, and drawn. */
export function rest(page: Page): Promise<void> {
  return page.waitForTimeout(3000)
}

/** The wheel's turn of each frame: pans right and left, zooms in to single samples and out again. */
export type Movement = 'pan' | 'zoom'

/** Milliseconds between frames while every frame has a turn of the wheel, over all tracks. */
export function frameTimes(page: Page, movement: Movement, frameCount: number): Promise<readonly number[]> {
  return page.evaluate(
    ({ kind, count }) =>
      new Promise<readonly number[]>((resolve) => {
        const plot = document.querySelector('[data-plot=spectrogram]')
        if (plot === null) throw new Error('no spectrogram')
        const { left, width, top } = plot.getBoundingClientRect()
        const times: number[] = []
        let last = performance.now()
        let frame = -1
        const step = (now: number): void => {
          if (frame >= 0) times.push(now - last)
          last = now
          frame += 1
          if (frame === count) return resolve(times)
          const share = frame / count
          const turn =
            kind === 'pan'
              ? { deltaX: share < 0.5 ? 40 : -40, deltaY: 0 }
              : { deltaX: 0, deltaY: share < 0.5 ? -60 : 60 }
          const place = { clientX: left + width * 0.45, clientY: top + 20, bubbles: true, cancelable: true }
          plot.dispatchEvent(new WheelEvent('wheel', { ...turn, ...place }))
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    { kind: movement, count: frameCount },
  )
}

/** Bytes of live JavaScript objects, after garbage was collected. */
export async function liveHeapBytes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize
}

/** Milliseconds from a step of the segment slider to the frame that shows the new segment length and verdict. */
export function sliderTimes(page: Page, repeatCount: number): Promise<readonly number[]> {
  return page.evaluate(async (count) => {
    const thumb = document.querySelector<HTMLElement>('header [role=slider]')
    const output = thumb?.closest('div')?.querySelector('output')
    if (thumb === null || output === null || output === undefined) throw new Error('no slider')
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    const changed = (): Promise<void> =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(output, { characterData: true, childList: true, subtree: true })
      })
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      await nextFrame()
      const done = changed()
      const start = performance.now()
      thumb.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true, cancelable: true }))
      await done
      await nextFrame()
      times.push(performance.now() - start)
      thumb.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true }))
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    return times
  }, repeatCount)
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

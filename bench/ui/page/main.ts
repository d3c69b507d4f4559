import { HeatmapChart } from 'echarts/charts'
import { GridComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { rowMapOf } from '../../../src/renderer/timeline/frequency-scale'
import { strongestPixels } from '../../../src/renderer/timeline/heat-pixels'
import { opaqueTable } from '../../../src/renderer/timeline/pixel-tables'
import { levelTable } from '../../../src/shared/colour-tables'

use([HeatmapChart, GridComponent, VisualMapComponent, CanvasRenderer])

const columns = 1000
const rows = 128
const tileColumns = 250

interface HeatTimes {
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const valueAt = (row: number, column: number, run: number): number =>
  -60 + 30 * Math.sin((column + 17 * run) / 37) * Math.cos(row / 11)

/** New values each run, to a finished picture: ours as the tracks draw (pixels, bitmap, canvas), ECharts' heatmap series. */
async function measure(oursCount: number, theirsCount: number): Promise<HeatTimes> {
  return { ours: await measureOurs(oursCount), theirs: await measureTheirs(theirsCount) }
}

async function measureOurs(count: number): Promise<readonly number[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('#ours')
  const context = canvas?.getContext('2d')
  if (canvas === null || context === null || context === undefined) throw new Error('no canvas')
  const scale = { table: opaqueTable(levelTable('slate', 'light')), low: -90, high: -30 }
  const axis = { kind: 'linear', lowHz: 0, highHz: 12_800 } as const
  const times: number[] = []
  for (let run = 0; run < count; run++) {
    const tiles = Array.from({ length: columns / tileColumns }, (_, tile) =>
      Float32Array.from({ length: rows * tileColumns }, (_each, place) =>
        valueAt(Math.floor(place / tileColumns), tile * tileColumns + (place % tileColumns), run),
      ),
    )
    const start = performance.now()
    tiles.forEach((values, tile) => {
      const map = rowMapOf(axis, canvas.height, { rows, lowHz: 0, highHz: 12_800 })
      const { pixels, width, height } = strongestPixels({ rows, columns: tileColumns, values }, map, scale)
      const bitmap = new OffscreenCanvas(width, height)
      const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer)
      bitmap.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
      context.drawImage(bitmap, tile * tileColumns, 0)
    })
    context.getImageData(0, 0, 1, 1) // drawing is finished, not only asked for
    times.push(performance.now() - start)
    await nextTask()
  }
  return times
}

async function measureTheirs(count: number): Promise<readonly number[]> {
  const chart = init(document.querySelector<HTMLElement>('#theirs'), undefined, { renderer: 'canvas' })
  const categories = (length: number): string[] => Array.from({ length }, (_, index) => String(index))
  chart.setOption({
    animation: false,
    xAxis: { type: 'category', data: categories(columns) },
    yAxis: { type: 'category', data: categories(rows) },
    visualMap: { min: -90, max: -30, show: false, inRange: { color: ['#ffffff', '#223344'] } },
    series: [{ type: 'heatmap', data: [], progressive: 0 }],
  })
  const times: number[] = []
  for (let run = 0; run < count; run++) {
    const data: number[][] = []
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) data.push([column, row, valueAt(row, column, run)])
    }
    const finished = new Promise<void>((resolve) => chart.on('finished', () => resolve()))
    const start = performance.now()
    chart.setOption({ series: [{ data }] })
    await finished
    times.push(performance.now() - start)
    chart.off('finished')
    await nextTask()
  }
  chart.dispose()
  return times
}

Object.assign(window, { measureHeat: measure })

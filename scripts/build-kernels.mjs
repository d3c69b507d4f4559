// Compiles the AssemblyScript kernels to resources/kernels when their sources are newer. Prints only errors.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const layers = {
  dsp: { folder: 'src/engine/dsp/kernels/assembly', options: [] },
  // one memory for all threads that parse a table
  readers: {
    folder: 'src/engine/readers/kernels/assembly',
    options: [
      '--enable',
      'threads',
      '--importMemory',
      '--sharedMemory',
      '--initialMemory',
      '1',
      '--maximumMemory',
      '65536',
    ],
  },
}
const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

for (const [layer, { folder, options }] of Object.entries(layers)) {
  const sourceFolder = join(root, folder)
  const target = join(root, 'resources/kernels', `${layer}.wasm`)
  if (!existsSync(join(sourceFolder, 'index.ts'))) continue // an installed package: the kernels are built
  const sources = readdirSync(sourceFolder).filter((name) => name.endsWith('.ts'))
  const newest = Math.max(...sources.map((name) => modified(join(sourceFolder, name))))
  if (modified(target) < newest) await compile(join(sourceFolder, 'index.ts'), target, options)
}

async function compile(entry, target, options) {
  const { default: compiler } = await import('assemblyscript/asc')
  mkdirSync(dirname(target), { recursive: true })
  // written beside and renamed: another process never loads half a file
  const half = `${target.slice(0, -'.wasm'.length)}.${process.pid}.wasm`
  const { error, stderr } = await compiler.main([
    entry,
    '--outFile',
    half,
    '-O3',
    '--converge',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--noAssert',
    ...options,
  ])
  if (error) {
    process.stderr.write(`${stderr.toString()}\n`)
    process.exit(1)
  }
  renameSync(half, target)
}

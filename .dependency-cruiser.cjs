/** Layers of DESIGN.md §2: shared ← engine ← {main, server, cli}; preload and renderer import shared only. */
const layer = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    layer('shared-imports-nothing', '^src/shared/', []),
    layer('engine-imports-shared', '^src/engine/', ['^src/shared/']),
    layer('preload-imports-shared', '^src/preload/', ['^src/shared/']),
    layer('renderer-imports-shared', '^src/renderer/', ['^src/shared/']),
    layer('main-imports-engine-index', '^src/main/', ['^src/shared/', '^src/engine/index\\.ts$']),
    layer('server-imports-engine-index', '^src/server/', ['^src/shared/', '^src/engine/index\\.ts$']),
    layer('cli-imports-engine-index', '^src/cli/', ['^src/shared/', '^src/engine/index\\.ts$']),
    {
      name: 'tensorflow-lives-in-inference-and-explain',
      comment: 'training fits models through inference/; nothing else may see a tensor',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/(inference|explain|training)/' },
      to: { path: '@tensorflow' },
    },
    {
      name: 'shared-and-renderer-have-no-node',
      severity: 'error',
      from: { path: '^src/(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-has-no-electron-and-no-dom-framework',
      severity: 'error',
      from: { path: '^src/(engine|shared|server|cli)/' },
      to: { path: 'node_modules/(electron|vue)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.mjs', '.json'] },
  },
}

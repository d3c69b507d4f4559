/**
 * Layers of DESIGN.md §2: shared ← engine ← {main, server, cli}; preload and renderer import shared only. shell = what
 * main and server have in common (files the user granted, files of the page); cli starts the server by its index.
 */
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
    layer('shell-imports-shared', '^src/shell/', ['^src/shared/']),
    layer('main-imports-engine-index', '^src/main/', [
      '^src/shared/',
      '^src/shell/',
      '^src/engine/(index|files/.*)\\.ts$',
    ]),
    layer('server-imports-engine-index', '^src/server/', ['^src/shared/', '^src/shell/', '^src/engine/index\\.ts$']),
    layer('cli-imports-engine-and-server-index', '^src/cli/', ['^src/shared/', '^src/(engine|server)/index\\.ts$']),
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
      from: { path: '^src/(engine|shared|shell|server|cli)/' },
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

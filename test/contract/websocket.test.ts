import { openPageServer, socketTo } from '../helpers/page-server'
import { describeContract } from './contract-suite'

describeContract("over the browser's socket", async (engine, reportBug) => {
  const server = await openPageServer(engine, { reportBug })
  const transport = socketTo(server)
  await transport.opened
  return {
    transport,
    close: async () => {
      transport.dispose()
      await server.close()
      await engine.dispose()
    },
  }
})

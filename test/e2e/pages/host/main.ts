import type { Connection } from '../../../../src/renderer/client/connect'
import { connect } from '../../../../src/renderer/client/connect'

declare global {
  interface Window {
    connection: Promise<Connection>
  }
}

// a page of nothing but the connection: tests drive it
window.connection = connect(window)

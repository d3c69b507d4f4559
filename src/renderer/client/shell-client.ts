import type { Transport } from '../../shared/contract/engine-client'
import { unwrap } from '../../shared/contract/reply'
import type { ShellRequestInput, ShellRequestName, ShellRequestOutput } from '../../shared/contract/shell-requests'

export type AskShell = <Name extends ShellRequestName>(
  name: Name,
  input: ShellRequestInput<Name>,
) => Promise<ShellRequestOutput<Name>>

/** The shell's own requests over the engine's transport; dialogs are closed by the user, so nothing aborts them. */
export function shellClient(transport: Transport): AskShell {
  return async <Name extends ShellRequestName>(name: Name, input: ShellRequestInput<Name>) => {
    const reply = await transport.request(name, input, new AbortController().signal)
    return unwrap(reply) as ShellRequestOutput<Name> // checked boundary: the shell answers `name` by its own handler
  }
}

import type { AddPanelOptions, DockviewApi } from 'dockview-vue'
import type { Translate } from '../../shared/locales/translate'
import { panels, type PanelEntry } from '../panels/registry'

const leftWidth = 250
const rightWidth = 320
const bottomHeight = 240

/** Timeline in the centre, library left, inspector right, signal panels as tabs below the timeline. */
export function buildFirstLayout(api: DockviewApi, t: Translate): void {
  const inPlace = (place: PanelEntry['place']) => panels.filter((panel) => panel.place === place)
  const add = (panel: PanelEntry, options: Partial<AddPanelOptions>): void =>
    void api.addPanel({
      id: panel.id,
      component: panel.id,
      title: t(panel.title),
      ...options,
    } as AddPanelOptions) // checked boundary: the library's type is a union over where a panel goes
  const [centre] = inPlace('centre')
  add(centre, {})
  const places = [
    { place: 'bottom', direction: 'below', size: { height: bottomHeight } },
    { place: 'left', direction: 'left', size: { width: leftWidth } },
    { place: 'right', direction: 'right', size: { width: rightWidth } },
  ] as const
  for (const { place, direction } of places) {
    inPlace(place).forEach((panel, index, all) => {
      const position =
        index === 0
          ? place === 'bottom'
            ? { referencePanel: centre.id, direction }
            : { direction }
          : { referencePanel: all[0].id, direction: 'within' as const }
      add(panel, { position, inactive: index > 0 } as Partial<AddPanelOptions>)
    })
  }
  // sizes hold only once every group is there
  for (const { place, size } of places) api.getPanel(inPlace(place)[0].id)?.group.api.setSize(size)
}

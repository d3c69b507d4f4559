/** English messages of the diagnosis: second witness, beat of the evidence, both beside the network. */
export const enDiagnosis = {
  'part.outer-race': 'outer race',
  'part.inner-race': 'inner race',
  'part.rolling-element': 'rolling element',
  'part.cage': 'cage',

  'witness.title': 'Second witness (envelope)',
  'witness.fault': 'fault: {part}',
  'witness.no-sign': 'no sign of a fault',
  'witness.cannot-tell': 'can’t tell',
  'witness.sentence.fault':
    'Fault: {part}. Lines at {found} Hz ({off} from where they belong) stand {strength} dB over the noise and modulate the band {low}–{high} Hz by {depth} %.',
  'witness.sentence.no-sign': 'No sign: no line of this bearing stands out of the envelope in {count} bands.',
  'witness.sentence.cannot-tell': 'Can’t tell: {reason}',
  'witness.reason.speed-missing': 'the shaft speed is unknown.',
  'witness.reason.bearing-missing': 'the bearing is unknown.',
  'witness.reason.band-too-low': 'sampled at {rate} Hz, the recording holds no band in which impacts ring.',
  'witness.reason.too-few-turns': 'the recording holds {turns} turns of the shaft; at least {least} are needed.',
  'witness.reason.cannot-part':
    'in {duration} s the lines of the {parts} cannot be told from the harmonics of the shaft; record longer.',
  'witness.reason.no-signal': 'there is no stretch of signal without gaps.',
  'witness.beat.none': 'No regular beat of impacts.',
  'witness.beat.some':
    'A regular beat of impacts is there, at {rate} Hz = {orders} × shaft ({depth} % modulation, {low}–{high} Hz).',
  'witness.beat.no-speed':
    'A regular beat of impacts is there, at {rate} Hz ({depth} % modulation, {low}–{high} Hz); without the speed it may be the shaft’s own.',
  'witness.estimate':
    'The lines are estimates from the number of rolling elements alone: a match within {slip} % says little.',

  'witness.for.harmonics': '{found} of {total} harmonics of {symbol} found: {lines}',
  'witness.for.sidebands': '{found} of {total} sidebands found',
  'witness.for.depth': 'the lines modulate the envelope by {depth} %',
  'witness.for.cage': 'the line of the cage leads and {symbol} leaves a trace: what turns with the cage and strikes',
  'witness.against.harmonics': 'missing harmonics: {lines}',
  'witness.against.sidebands': 'no sideband found',
  'witness.against.depth': 'modulation of {depth} % is less than the {least} % of a fault',
  'witness.against.strength': 'the lines stand {strength} dB over the noise on average; {least} dB are asked for',
  'witness.against.first': 'the fundamental itself is missing',
  'witness.against.hidden': 'hidden by harmonics of the shaft: {lines}',
  'witness.against.not-judged': 'too few of its lines can be seen to judge it',
  'witness.against.element': 'the rolling element explains it as well, and cages seldom fail first',

  'beat.title': 'Beat of the evidence',
  'beat.matches':
    'The network’s evidence repeats at {rate} Hz = {orders} × shaft: matches the line of the {part} ({off} off).',
  'beat.matches-shaft':
    'The network’s evidence repeats at {rate} Hz, {orders} × the shaft’s rate: the shaft, not the bearing.',
  'beat.matches-none':
    'The network’s evidence repeats at {rate} Hz = {orders} × shaft: matches no line of this bearing; don’t rely on it.',
  'beat.no-bearing':
    'The network’s evidence repeats at {rate} Hz; speed and bearing are needed to say what beats there.',
  'beat.no-beat': 'The network’s evidence does not repeat at any rate beyond chance, or too weakly to move a verdict.',
  'beat.cannot-tell': 'The evidence is too short to look for a beat.',
  'beat.none': 'This model’s evidence is too coarse in time to beat.',

  'cli.diagnosis': '{title}: {words}',
  'together.agree': 'agree',
  'together.disagree': 'disagree',
  'together.unknown': 'not both known',
  'together.title': 'Together',
  'together.fault-named-same':
    'Network and envelope agree, and the evidence beats where it must: {part}. Plan the repair.',
  'together.fault-named-other':
    'Both find a fault, but not the same: the envelope names the {part}, the evidence beats at the {other}. Look at both before opening the machine.',
  'together.fault-named-none':
    'The envelope names the {part}; the network’s evidence repeats at a rate that is not its own. Trust the part, not the map.',
  'together.fault-named-silent':
    'Network and envelope agree on a fault, and the envelope names the {part}; the evidence shows no beat of its own.',
  'together.fault-unseen-line':
    'The network finds a fault and its evidence beats at the {other}, but the envelope does not show it: early or weak. Measure longer and nearer to the bearing.',
  'together.fault-unseen-none':
    'The network alone finds a fault, and its evidence repeats at no line of this bearing: don’t rely on it.',
  'together.fault-unseen-silent':
    'The network alone finds a fault; nothing in the envelope or in the beat of its evidence supports it. Measure again.',
  'together.fault-untold-line':
    'The network finds a fault and its evidence beats at the {other}; the envelope cannot be asked.',
  'together.fault-untold-none':
    'The network finds a fault, but its evidence repeats at no line of this bearing; the envelope cannot be asked.',
  'together.fault-untold-silent':
    'The network finds a fault; no second witness could be asked. Give speed and bearing to check it.',
  'together.healthy-named':
    'The network finds nothing, but the envelope names the {part}. Believe neither alone: measure again soon.',
  'together.healthy-unseen': 'Network and envelope agree: no sign of a bearing fault.',
  'together.healthy-untold': 'The network finds nothing; no second witness could be asked.',
  'together.uncertain-named-same':
    'The network is uncertain, but the envelope names the {part} and the evidence beats there: treat it as an early fault.',
  'together.uncertain-named': 'The network is uncertain; the envelope names the {part}. Measure again soon.',
  'together.uncertain-unseen': 'The network is uncertain and the envelope shows nothing. Measure again.',
  'together.uncertain-untold': 'The network is uncertain and no second witness could be asked.',
  'together.silent-named': 'The network cannot judge this recording; the envelope alone names the {part}.',
  'together.silent-unseen': 'The network cannot judge this recording; the envelope shows no line of this bearing.',
  'together.silent-untold': 'Neither the network nor the envelope can judge this recording.',
} as const

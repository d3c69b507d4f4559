"""Small recordings written by NumPy, SciPy and h5py, and what these libraries read back.

python test/golden/recordings-golden.py   (numpy, scipy, h5py; writes test/fixtures/recordings/ and recordings-golden.json)
With ../shared there, the JSON also gets what SciPy reads from its WAV and MATLAB files (nothing of them is copied).
"""
import glob
import json
import os

import h5py
import numpy as np
import scipy.io
import scipy.io.wavfile

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, '..', 'fixtures', 'recordings')
shared = os.path.join(here, '..', '..', '..', 'shared')
os.makedirs(folder, exist_ok=True)

time = np.arange(200) / 12000
sine = np.sin(2 * np.pi * 60 * time)
ramp = np.arange(200) - 100.0
golden = {'numpy': np.__version__, 'scipy': scipy.__version__, 'h5py': h5py.__version__, 'fixtures': {}, 'shared': {}}


def facts(samples):
    samples = np.asarray(samples, dtype=np.float64).ravel()
    return {
        'count': int(samples.size),
        'first': samples[:4].tolist(),
        'last': samples[-2:].tolist(),
        'mean': float(samples.mean()),
        'rms': float(np.sqrt(np.mean(samples**2))),
    }


def record(name, format, channels, rate=None, rpm=None):
    golden['fixtures'][name] = {
        'format': format,
        'rate': rate,
        'rpm': rpm,
        'channels': {key: facts(value) for key, value in channels.items()},
    }


def at(name):
    return os.path.join(folder, name)


for dtype in ['<f2', '<f4', '>f4', '<f8', '>f8', '|i1', '<i2', '>i2', '<i4', '<i8', '|u1', '<u2', '<u4', '>u8', '|b1']:
    values = {'f': sine * 3, 'i': ramp, 'u': ramp + 100, 'b': ramp > 0}[dtype[1]].astype(dtype)
    name = f'vector-{dtype[1:]}-{"big" if dtype[0] == ">" else "little"}.npy'
    np.save(at(name), values)
    record(name, 'npy', {'channel 1': values})
two = np.stack([sine, ramp], axis=1)
np.save(at('samples-by-channels.npy'), two)
np.save(at('samples-by-channels-fortran.npy'), np.asfortranarray(two))
np.save(at('channels-by-samples.npy'), np.ascontiguousarray(two.T))
np.save(at('channels-by-samples-fortran.npy'), np.asfortranarray(two.T))
for name in ['samples-by-channels', 'samples-by-channels-fortran', 'channels-by-samples', 'channels-by-samples-fortran']:
    record(name + '.npy', 'npy', {'channel 1': sine, 'channel 2': ramp})
with open(at('version-2.npy'), 'wb') as file:
    np.lib.format.write_array(file, sine, version=(2, 0))
with open(at('version-3.npy'), 'wb') as file:
    np.lib.format.write_array(file, sine, version=(3, 0))
record('version-2.npy', 'npy', {'channel 1': sine})
record('version-3.npy', 'npy', {'channel 1': sine})

np.savez(at('stored.npz'), x=sine, y=ramp.astype('<i2'), fs=12000, rpm=1797.0)
np.savez_compressed(at('deflated.npz'), x=sine, y=ramp.astype('<i2'), fs=12000, rpm=1797.0)
for name in ['stored.npz', 'deflated.npz']:
    record(name, 'npz', {'x': sine, 'y': ramp}, rate=12000, rpm=1797)

bearing = {'sr': 97656.0, 'gs': sine.reshape(-1, 1), 'load': 270.0, 'rate': 25.0}
cells = np.empty((1, 2), dtype=object)
cells[0, 0] = sine
cells[0, 1] = ramp
runs = np.zeros((1, 2), dtype=[('x', object), ('note', object)])
runs[0, 0] = (sine, 'first')
runs[0, 1] = (ramp, 'second')
cwru = {'X097_DE_time': sine.reshape(-1, 1), 'X097_FE_time': ramp.reshape(-1, 1), 'X097RPM': 1796.0}
scipy.io.savemat(at('cwru-like.mat'), cwru)
scipy.io.savemat(at('cwru-like-compressed.mat'), cwru, do_compression=True)
scipy.io.savemat(at('cwru-like-v4.mat'), cwru, format='4')
for name, format in [('cwru-like', 'mat-v5'), ('cwru-like-compressed', 'mat-v5'), ('cwru-like-v4', 'mat-v4')]:
    record(name + '.mat', format, {'X097_DE_time': sine, 'X097_FE_time': ramp}, rpm=1796)
scipy.io.savemat(at('mfpt-like.mat'), {'bearing': bearing}, do_compression=True)
record('mfpt-like.mat', 'mat-v5', {'bearing.gs': sine}, rate=97656, rpm=1500)
nested = {'cells': cells, 'runs': runs, 'table': two, 'small': np.arange(5.0), 'text': 'pump 3', 'z': sine * 1j}
scipy.io.savemat(at('nested.mat'), nested)
record(
    'nested.mat',
    'mat-v5',
    {'cells{1}': sine, 'cells{2}': ramp, 'runs(1).x': sine, 'runs(2).x': ramp, 'table(1)': sine, 'table(2)': ramp},
)


def write_v73(name, fill):
    """MATLAB's header in the 512-byte user block, then HDF5."""
    with h5py.File(at(name), 'w', userblock_size=512) as file:
        fill(file)
    with open(at(name), 'r+b') as file:
        file.write(b'MATLAB 7.3 MAT-file, written by recordings-golden.py'.ljust(124, b' ') + b'\x00\x02IM')


def put(group, name, values, class_name='double', **options):
    dataset = group.create_dataset(name, data=values, **options)
    dataset.attrs['MATLAB_class'] = np.bytes_(class_name)
    return dataset


def fill_v73(file):
    struct = file.create_group('bearing')
    struct.attrs['MATLAB_class'] = np.bytes_('struct')
    put(struct, 'gs', sine.reshape(1, -1), chunks=(1, 64), compression='gzip')
    put(struct, 'sr', np.array([[97656.0]]))
    put(struct, 'rate', np.array([[25.0]]))
    put(struct, 'label', np.array([[ord(c)] for c in 'pump'], dtype='<u2'), 'char')
    put(file, 'counts', ramp.astype('<i2').reshape(-1, 1), 'int16')
    put(file, 'table', np.ascontiguousarray(two.T))
    put(file, 'wide', two)
    refs = file.create_group('#refs#')
    pair = [put(refs, 'a', sine.reshape(1, -1)).ref, put(refs, 'b', ramp.reshape(1, -1)).ref]
    cell = file.create_dataset('cells', (2, 1), dtype=h5py.ref_dtype)
    cell[0, 0], cell[1, 0] = pair
    cell.attrs['MATLAB_class'] = np.bytes_('cell')
    array = file.create_group('runs')
    array.attrs['MATLAB_class'] = np.bytes_('struct')
    field = array.create_dataset('x', (2, 1), dtype=h5py.ref_dtype)
    field[0, 0], field[1, 0] = pair


write_v73('nested-v73.mat', fill_v73)
record(
    'nested-v73.mat',
    'mat-v7.3',
    {
        'bearing.gs': sine,
        'cells{1}': sine,
        'cells{2}': ramp,
        'counts': ramp,
        'runs(1).x': sine,
        'runs(2).x': ramp,
        'table(1)': sine,
        'table(2)': ramp,
        'wide(1)': sine,
        'wide(2)': ramp,
    },
    rate=97656,  # of the first channel, bearing.gs
    rpm=1500,
)

for bits, values in [(8, (sine * 100 + 128).astype(np.uint8)), (16, (sine * 3e4).astype('<i2')), (32, (sine * 2e9).astype('<i4'))]:
    scipy.io.wavfile.write(at(f'pcm-{bits}.wav'), 25600, values)
    full_scale = (values.astype(float) - 128) / 128 if bits == 8 else values / 2.0 ** (bits - 1)
    record(f'pcm-{bits}.wav', 'wav', {'channel 1': full_scale}, rate=25600)
scipy.io.wavfile.write(at('float-32.wav'), 25600, two.astype('<f4'))
record('float-32.wav', 'wav', {'channel 1': two[:, 0].astype('f4'), 'channel 2': ramp}, rate=25600)

for path in sorted(glob.glob(os.path.join(shared, 'data', 'cwru', '*.mat'))):
    content = scipy.io.loadmat(path)
    channels = {key: facts(value) for key, value in content.items() if key.endswith('_time')}
    rpm = [float(value.ravel()[0]) for key, value in content.items() if key.endswith('RPM')]
    golden['shared'][os.path.relpath(path, shared)] = {'format': 'mat-v5', 'rpm': rpm[0] if rpm else None, 'channels': channels}
full_scales = {'int16': 2.0**15, 'int32': 2.0**31, 'float32': 1, 'float64': 1}
for path in sorted(glob.glob(os.path.join(shared, 'formats', 'wav', '*.wav'))):
    try:
        rate, values = scipy.io.wavfile.read(path)
    except ValueError:
        continue  # compressed
    values = values.reshape(len(values), -1)
    values = (values.astype(float) - 128) / 128 if values.dtype == np.uint8 else values / full_scales[str(values.dtype)]
    channels = {f'channel {index + 1}': facts(values[:, index]) for index in range(values.shape[1])}
    golden['shared'][os.path.relpath(path, shared)] = {'format': 'wav', 'rate': rate, 'channels': channels}

with open(os.path.join(here, 'recordings-golden.json'), 'w') as file:
    json.dump(golden, file, indent=1)

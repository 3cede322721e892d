/** Sound as a WAV file: 8,000 samples a second, 8 bits, one channel. */

const samplesPerSecond = 8_000;
const headerBytes = 44;

/** A sine tone. */
export function sineWave(frequencyHz: number, durationMs: number): Buffer {
  const length = Math.round((durationMs * samplesPerSecond) / 1_000);
  const wave = Buffer.alloc(headerBytes + length);
  header(length).copy(wave);
  for (let sample = 0; sample < length; sample += 1) {
    const angle = (2 * Math.PI * frequencyHz * sample) / samplesPerSecond;
    wave.writeUInt8(Math.round(128 + 100 * Math.sin(angle)), headerBytes + sample);
  }
  return wave;
}

/** The RIFF header of that many samples; see http://soundfile.sapp.org/doc/WaveFormat/. */
function header(samples: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(headerBytes - 8 + samples, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16); // the size of what describes the format
  bytes.writeUInt16LE(1, 20); // uncompressed
  bytes.writeUInt16LE(1, 22); // channels
  bytes.writeUInt32LE(samplesPerSecond, 24);
  bytes.writeUInt32LE(samplesPerSecond, 28); // bytes a second
  bytes.writeUInt16LE(1, 32); // bytes a sample
  bytes.writeUInt16LE(8, 34); // bits a sample
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples, 40);
  return bytes;
}

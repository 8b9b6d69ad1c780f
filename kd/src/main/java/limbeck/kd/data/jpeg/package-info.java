/**
 * Reads JPEG files without the desktop module: baseline sequential DCT, Huffman coding, 8 bits a
 * sample, as ITU-T T.81 (ISO/IEC 10918-1) and JFIF (ITU-T T.871) define them.
 *
 * <p>The order of the work, a class each: {@link limbeck.kd.data.jpeg.JpegReader} takes the file
 * apart into segments, {@link limbeck.kd.data.jpeg.ScanDecoder} decodes entropy-coded blocks with
 * {@link limbeck.kd.data.jpeg.HuffmanTable} and {@link limbeck.kd.data.jpeg.BitReader}, {@link
 * limbeck.kd.data.jpeg.InverseDct} turns a block into samples of a {@link
 * limbeck.kd.data.jpeg.Component}, {@link limbeck.kd.data.jpeg.ChromaUpsampling} brings colour to
 * full size, and {@link limbeck.kd.data.jpeg.YcbcrToRgb} makes pixels.
 *
 * <p>T.81 leaves some freedom in the last three: how the transform is rounded and how colour is
 * interpolated. Here both follow the customary choice, that of libjpeg by default, so that pixels
 * are those which almost every other program sees.
 */
package limbeck.kd.data.jpeg;

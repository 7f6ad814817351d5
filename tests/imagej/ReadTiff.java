// ImageJ's side of the test: `make FOLDER` writes an image for Floodlight, `check FOLDER` reads what Floodlight wrote.

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.io.RoiDecoder;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

public class ReadTiff {
  static final int ROWS = 333;
  static final int COLS = 257;
  static int faults = 0;

  interface Formula {
    double at(int row, int col);
  }

  public static void main(String[] arguments) {
    String folder = arguments[1];
    if (arguments[0].equals("make")) {
      make(folder);
    } else {
      check(folder, Integer.parseInt(arguments[2]));
    }
    System.exit(faults == 0 ? 0 : 1);
  }

  /** Three bright disks on a dark ground, 16 bits, with a pixel size, as ImageJ saves them. */
  static void make(String folder) {
    ShortProcessor pixels = new ShortProcessor(200, 150);
    pixels.setValue(100);
    pixels.fill();
    pixels.setValue(3000);
    pixels.fillOval(20, 20, 40, 40);
    pixels.fillOval(90, 30, 44, 44);
    pixels.fillOval(60, 90, 40, 40);
    ImagePlus image = new ImagePlus("cells", pixels);
    Calibration calibration = image.getCalibration();
    calibration.setUnit("micron");
    calibration.pixelWidth = 0.325;
    calibration.pixelHeight = 0.325;
    expect(new FileSaver(image).saveAsTiff(folder + "/cells.tif"), "cells.tif is saved");
  }

  static void check(String folder, int nuclei) {
    compare(folder + "/labels16.tif", 16, 0.65, (row, col) -> (row * 4099 + col * 37) % 65536);
    compare(folder + "/labels32.tif", 32, 1, (row, col) -> (row * 4099 + col * 37) % 1000003);
    compare(folder + "/image16.tif", 16, 0.65, (row, col) -> (row * 4099 + col * 41) % 65536);
    compare(folder + "/mask.tif", 8, 1, (row, col) -> (row / 9 + col / 5) % 3 == 0 ? 255 : 0);
    compare(folder + "/float.tif", 32, 0.25, (row, col) -> row * 0.25 - col * 1.5);

    compareOutlines(folder + "/pieces_outlines.zip", new ShortProcessor(COLS, ROWS),
        (row, col) -> (row / 2 * 7 + col / 3 * 5) % 11 < 5 ? 0 : 1 + (row / 40 * 9 + col / 30) % 60);

    // The program's own results: label 32, label 16 and the mask must tell the same story, at the image's pixel size.
    ImagePlus labels = open(folder + "/cells_labeled.tif", 32);
    ImagePlus labels16 = open(folder + "/uint16/cells_labeled.tif", 16);
    ImagePlus mask = open(folder + "/cells_refined.tif", 8);
    ImagePlus filtered = open(folder + "/cells_filtered.tif", 32);
    if (labels == null || labels16 == null || mask == null || filtered == null) return;
    expect(close(labels.getCalibration().pixelWidth, 0.325), "the pixel size is kept");
    TreeSet<Integer> found = new TreeSet<>();
    boolean same = true;
    boolean masked = true;
    for (int row = 0; row < labels.getHeight(); row++) {
      for (int col = 0; col < labels.getWidth(); col++) {
        int label = (int) labels.getProcessor().getf(col, row);
        if (label != 0) found.add(label);
        same &= label == labels16.getProcessor().get(col, row);
        masked &= label == 0 || mask.getProcessor().get(col, row) == 255;
      }
    }
    compareOutlines(folder + "/cells_outlines.zip", new ShortProcessor(labels.getWidth(), labels.getHeight()),
        (row, col) -> labels.getProcessor().getf(col, row));
    expect(same, "labels are the same as uint32 and as uint16");
    expect(masked, "labels lie in the mask");
    expect(found.size() == nuclei && nuclei == 3, found.size() + " labels, " + nuclei + " nuclei printed, 3 drawn");
    expect(close(filtered.getProcessor().getf(40, 40), 3000), "the middle of a flat disk keeps its value");
  }

  static void compare(String path, int bits, double pixelWidth, Formula formula) {
    ImagePlus image = open(path, bits);
    if (image == null) return;
    expect(image.getWidth() == COLS && image.getHeight() == ROWS, path + " has its size");
    expect(close(image.getCalibration().pixelWidth, pixelWidth), path + " has its pixel size");
    ImageProcessor pixels = image.getProcessor();
    int wrong = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int col = 0; col < COLS; col++) {
        if (pixels.getf(col, row) != (float) formula.at(row, col)) wrong++;
      }
    }
    expect(wrong == 0, path + " has its values (" + wrong + " are wrong)");
  }

  /**
   * Each ROI of the set, filled with the number that it is named after, gives the labels again. Read as the ROI Manager does,
   * which itself wants a display: from the archive's beginning on.
   */
  static void compareOutlines(String path, ShortProcessor drawn, Formula labels) {
    int count = 0;
    try (ZipInputStream archive = new ZipInputStream(new FileInputStream(path))) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        Roi roi = new RoiDecoder(archive.readAllBytes(), entry.getName()).getRoi();
        drawn.setValue(Integer.parseInt(roi.getName().replaceFirst("[.]roi$", "")));
        drawn.fill(roi);
        count++;
      }
    } catch (IOException error) {
      expect(false, path + " opens: " + error.getMessage());
    }
    int wrong = 0;
    for (int row = 0; row < drawn.getHeight(); row++) {
      for (int col = 0; col < drawn.getWidth(); col++) {
        if (drawn.get(col, row) != (int) labels.at(row, col)) wrong++;
      }
    }
    expect(wrong == 0 && count > 0, path + ", filled, is the labels (" + wrong + " pixels are wrong, " + count + " ROIs)");
  }

  static ImagePlus open(String path, int bits) {
    ImagePlus image = new Opener().openImage(path);
    expect(image != null, path + " opens");
    if (image != null) expect(image.getBitDepth() == bits, path + " has " + bits + " bits");
    return image;
  }

  static boolean close(double a, double b) {
    return Math.abs(a - b) <= 1e-4 * Math.abs(b);
  }

  static void expect(boolean holds, String what) {
    if (!holds) faults++;
    System.out.println((holds ? "ok: " : "WRONG: ") + what);
  }
}

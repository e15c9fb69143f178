/**
 * Charts as static SVG: nothing to load, nothing to run, the same on screen and on paper. A chart is a record of what
 * to draw, with all texts already formatted; {@code svg()} draws it. Colours are CSS classes and variables, so that the
 * page decides between light and dark. Details of a point are its {@code <title>}. Values that are not finite are left
 * out, ends of intervals that are not finite are drawn to the edge.
 */
package dev.assay.report.chart;

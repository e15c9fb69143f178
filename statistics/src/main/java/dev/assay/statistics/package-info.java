package dev.assay.statistics;

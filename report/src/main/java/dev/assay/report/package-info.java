package dev.assay.report;

package dev.assay.experiments;
